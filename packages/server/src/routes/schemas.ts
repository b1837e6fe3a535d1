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

let schemas: Readonly<Record<string, Record<string, unknown>>> | undefined;

/** The schema of every statement's body, by type; made at the first call. */
export function statementSchemas(): Readonly<Record<string, Record<string, unknown>>> {
  schemas ??= Object.fromEntries(statementKinds.map(({ type, body }) => [type, jsonSchema(body)]));
  return schemas;
}

const errorSchema = jsonSchema(
  z.strictObject({ error: z.strictObject({ code: z.string(), message: z.string() }) }),
);

/** What every route answers when something is wrong. */
export const errorAnswer = { "4xx": errorSchema, "5xx": errorSchema };
