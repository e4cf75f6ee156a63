import { type JsonRecord, parseJsonText, readAssetText, readRecord } from "../../base/mod.ts";

/**
 * Reads the JSON Schema (draft 2020-12) of a kind of file.
 *
 * @param kind One of `SCHEMA_KINDS`.
 * @throws `INTERNAL` for another kind
 */
export async function readTemplateSchema(kind: string): Promise<JsonRecord> {
  const path = `data/templates/${kind}.schema.json`;
  return readRecord(parseJsonText(await readAssetText(path), path), path);
}
