import { DRAFT } from "@standstill/record";
import { expect, it } from "vitest";
import { DRAFT_FILE, draftName } from "./draft.mjs";

it("the draft goes by the name of its code, so that no two drafts go by one name", () => {
  expect(DRAFT, `run npm run draft, which writes ${DRAFT_FILE}`).toBe(draftName());
});
