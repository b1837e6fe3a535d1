import { readActivityTable } from "@standstill/evidence/activity";
import { judgeActivity } from "@standstill/verification/logs";
import { honestActivity, logText } from "@standstill/verification/play";
import { expect, it } from "vitest";
import { scaled, seed } from "../../../tests/support/scale.ts";

const LOGS = scaled(1000);

it(`${LOGS} honest logs with ordinary mess: none is accused, and all come out verified`, () => {
  const others: string[] = [];
  for (let i = 0; i < LOGS; i++) {
    const made = honestActivity(`slow ${seed} ${i}`, { devices: 4 + (i % 5), minutes: 120 });
    const content = logText(made.records, false);
    const verdict = judgeActivity(readActivityTable([{ name: "log", content }]), made.terms);
    if (verdict.verdict !== "verified") others.push(JSON.stringify(verdict).slice(0, 300));
  }
  expect(others).toEqual([]);
}, 900_000);
