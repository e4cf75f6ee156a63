import type { JsonRecord } from "../../../base/mod.ts";
import type { Outcome } from "../../../output/mod.ts";
import { readTemplateSchema } from "../../../templates/schemas/mod.ts";
import type { InputOf } from "../../types.ts";
import type { schemaOptions } from "./options.ts";

/** What `templates schema print` tells. */
export interface SchemaPrintData {
  readonly kind: string;
  readonly schema: JsonRecord;
}

/** Reads the schema of a kind of file. */
export async function run(
  { args: [kind = ""] }: InputOf<typeof schemaOptions>,
): Promise<Outcome<SchemaPrintData>> {
  return { data: { kind, schema: await readTemplateSchema(kind) } };
}

/** The schema alone, so that it can go into a file. */
export function view({ schema }: SchemaPrintData): readonly string[] {
  return JSON.stringify(schema, null, 2).split("\n");
}
