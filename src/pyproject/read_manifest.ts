import { baseErrors, ComfydockError, isKind, parseToml } from "../base/mod.ts";
import { pyprojectErrors } from "./errors.ts";
import { FieldReader, readTable } from "./fields.ts";
import { LEGACY_SCHEMA, type LegacyPart, legacyTable, readLegacy } from "./legacy.ts";
import { type Manifest, MANIFEST_SCHEMA } from "./manifest.ts";
import {
  readEnvironmentFacts,
  readGroups,
  readModel,
  readNode,
  readProject,
  readUv,
  readWorkflow,
} from "./read_entries.ts";

/** The largest manifest that is read, in bytes. */
export const MAX_MANIFEST_BYTES: number = 8 * 1024 * 1024;

/**
 * Reads a `pyproject.toml`: ours, or one of the Python predecessor (schema 1 and 2), which is marked `legacy`.
 *
 * @param text The file.
 * @param path Where it came from, for messages.
 * @throws `MANIFEST_INVALID` with line and column, or the path of the bad field; `MANIFEST_SCHEMA_NEWER`
 */
export function readManifest(text: string, path: string): Manifest {
  if (text.length > MAX_MANIFEST_BYTES) {
    throw new ComfydockError(
      pyprojectErrors.MANIFEST_INVALID,
      `Cannot read "${path}": ${text.length} bytes are more than the ${MAX_MANIFEST_BYTES} accepted`,
      { details: { path, maxBytes: MAX_MANIFEST_BYTES } },
    );
  }
  try {
    return readTables(text, path);
  } catch (error) {
    if (!isKind(error, baseErrors.DATA_INVALID)) throw error;
    throw new ComfydockError(pyprojectErrors.MANIFEST_INVALID, error.message, {
      hint:
        `Correct it in "${path}", or bring the last good version back with "comfydock rollback"`,
      details: { ...error.details, file: path },
      cause: error,
    });
  }
}

function readTables(text: string, path: string): Manifest {
  const root = new FieldReader(readTable(parseToml(text, path), path).table, `${path}: `);
  const tool = root.below("tool");
  const legacy = legacyTable(tool.table);
  const fields = tool.below(legacy ?? "comfydock");
  const schema = legacy ? checkLegacySchema(fields, path) : checkSchema(fields, path);
  return {
    schema,
    legacy,
    project: readProject(root.below("project")),
    groups: readGroups(root.below("dependency-groups")),
    uv: readUv(tool.below("uv")),
    ...(legacy ? readLegacy(fields) : readOwn(fields)),
    tables: root.table,
  };
}

function readOwn(fields: FieldReader): LegacyPart {
  return {
    environment: readEnvironmentFacts(fields),
    nodes: fields.below("nodes").each(readNode),
    models: fields.below("models").each(readModel),
    workflows: fields.below("workflows").below("tracked").each(readWorkflow),
  };
}

function checkSchema(fields: FieldReader, path: string): string {
  const schema = fields.identifier("version") ?? MANIFEST_SCHEMA;
  const known = MANIFEST_SCHEMA.split(".").map(Number);
  const found = schema.split(".").map(Number);
  for (const [at, part] of known.entries()) {
    const other = found[at] ?? 0;
    if (other < part) break;
    if (other > part) throw newer(path, schema, MANIFEST_SCHEMA);
  }
  return schema;
}

function checkLegacySchema(fields: FieldReader, path: string): string {
  const schema = fields.count("schema_version") ?? 1;
  if (schema > LEGACY_SCHEMA) throw newer(path, String(schema), String(LEGACY_SCHEMA));
  return String(schema);
}

function newer(path: string, found: string, known: string): ComfydockError {
  return new ComfydockError(
    pyprojectErrors.MANIFEST_SCHEMA_NEWER,
    `Cannot read "${path}": its schema ${found} is newer than the ${known} that this comfydock knows`,
    { hint: 'Run "comfydock self update"', details: { path, found, known } },
  );
}
