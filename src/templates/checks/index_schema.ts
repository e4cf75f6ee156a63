import { sha256OfText } from "../../base/mod.ts";
import type { Digests } from "../digests/mod.ts";
import { finding, type Reading } from "../findings/mod.ts";
import { isRecord, readJsonDocument } from "../repository/mod.ts";
import { compileSchema, type SchemaFault, shippedCheck } from "../schemas/mod.ts";
import type { TemplateIndex, TemplateRepository } from "../types.ts";
import type { CheckedIndex } from "./types.ts";

/**
 * Holds index files against the repository's own schema, or where it has none against ours; what is known of files that
 * did not change is recalled.
 */
export async function readSchemaFaults(
  { files, config }: TemplateRepository,
  indexes: readonly TemplateIndex[],
  digests: Digests,
): Promise<Reading<readonly CheckedIndex[]>> {
  const { value: own, findings } = await readJsonDocument(files, config.schema);
  const version = own ? sha256OfText(own.text).slice(0, 16) : "ours";
  let check: ((value: unknown) => readonly SchemaFault[]) | undefined;
  const value: CheckedIndex[] = [];
  const problems = [...findings];
  for (const index of indexes) {
    const { path } = index.document;
    const key = `schema ${version} ${await digests.sha256(path)}`;
    let faults = digests.recall(key) as readonly SchemaFault[] | undefined;
    if (faults === undefined) {
      try {
        check ??= own && isRecord(own.value)
          ? await compileSchema(own.value)
          : await shippedCheck("index");
        faults = check(index.document.value);
      } catch (error) {
        if (!own || !(error instanceof Error)) throw error;
        const message = `The schema of index files cannot be used: ${error.message}`;
        problems.push(finding("E_BAD_SCHEMA", { file: own.path }, message));
        return { value: indexes.map((one) => ({ index: one, faults: [] })), findings: problems };
      }
      digests.remember(key, faults);
    }
    value.push({ index, faults });
  }
  return { value, findings: problems };
}
