import { statementKinds } from "@standstill/replay";
import { z } from "zod";

/** JSON Schema of a zod schema, in the dialect of OpenAPI 3.1. */
export function jsonSchema(schema: z.ZodType): Record<string, unknown> {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, {
    target: "draft-2020-12",
    unrepresentable: "any",
  });
  return rest;
}

/** The schema of every statement's body, by type. */
export function statementSchemas(): Record<string, Record<string, unknown>> {
  return Object.fromEntries(statementKinds.map(({ kind }) => [kind.type, jsonSchema(kind.body)]));
}

const errorSchema = jsonSchema(
  z.strictObject({ error: z.strictObject({ code: z.string(), message: z.string() }) }),
);

/** What every route answers when something is wrong. */
export const errorAnswer = { "4xx": errorSchema, "5xx": errorSchema };
