import { type JsonRecord, optional, readRecord, readText } from "../base/mod.ts";

/** The schema of `workspace.json` that this version writes. */
export const WORKSPACE_SCHEMA = 1;

/** How data of one schema becomes data of the next; the index is the older schema. */
const STEPS: readonly ((data: JsonRecord) => JsonRecord)[] = [fromPredecessor];

/**
 * Brings the data of an older `workspace.json` to the schema of today.
 *
 * @param schema The schema of the data; 0 is the predecessor's, which had no such field.
 */
export function migrateWorkspaceData(data: JsonRecord, schema: number): JsonRecord {
  return STEPS.slice(schema).reduce((older, step) => step(older), data);
}

/** The predecessor's fields: `created_at`, `active_environment`, `global_model_directory.path`; tokens stay in the backup only. */
function fromPredecessor(data: JsonRecord): JsonRecord {
  const models = optional(data.global_model_directory, "$.global_model_directory", readRecord);
  const modelsDir = optional(models?.path, "$.global_model_directory.path", readText);
  const uvCache = optional(data.external_uv_cache, "$.external_uv_cache", readText);
  return {
    schema_version: 1,
    created_at: data.created_at ?? new Date(0).toISOString(),
    active_environment: data.active_environment,
    config: {
      ...(modelsDir === undefined ? {} : { models_dir: modelsDir }),
      ...(uvCache === undefined ? {} : { uv_cache_dir: uvCache }),
    },
  };
}
