import type { StatementDefinition } from "@standstill/record";
import type { z } from "zod";

/** A kind of statement for whoever says it: its name, its version, and what its body holds. Any definition is one. */
export type Sayable<Schema extends z.ZodType<object>> = Pick<
  StatementDefinition<never, unknown, Schema>,
  "type" | "version" | "body"
>;
