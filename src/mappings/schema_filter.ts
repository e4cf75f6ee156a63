import { baseErrors, ComfydockError, isKind, parseToml, readTextBounded } from "../base/mod.ts";
import { mappingErrors } from "./errors.ts";
import { entryFields, packageFields, versionFields } from "./fields.ts";
import type { MappedPackage, MappedVersion, NodeMappings } from "./types.ts";

/** Which fields are published, by table. */
export interface OutputSchema {
  readonly packages: ReadonlySet<string>;
  readonly versions: ReadonlySet<string>;
  readonly mappings: ReadonlySet<string>;
}

const KNOWN = { packages: packageFields, versions: versionFields, mappings: entryFields } as const;
// Without these a reader cannot find, order or tell apart packages.
const NEEDED: Readonly<Record<keyof typeof KNOWN, readonly string[]>> = {
  packages: ["repository", "versions", "source"],
  versions: [],
  mappings: ["package_id", "rank", "versions", "source"],
};

/** Publishes every field. */
export const fullSchema: OutputSchema = {
  packages: new Set(packageFields),
  versions: new Set(versionFields),
  mappings: new Set(entryFields),
};

/**
 * Reads an output schema: the tables `[packages]`, `[versions]`, `[mappings]` with `field = true|false`.
 *
 * @param text TOML; a field that it does not name is published.
 * @param name What error messages call it: the path of the file.
 * @throws `OUTPUT_SCHEMA_INVALID`
 */
export function parseOutputSchema(text: string, name: string): OutputSchema {
  const tables = parseTables(text, name);
  const unknown = Object.keys(tables).find((table) => !Object.hasOwn(KNOWN, table));
  if (unknown !== undefined) {
    throw invalid(name, `unknown table "${unknown}"`, `Use ${listed(Object.keys(KNOWN))}`);
  }
  return {
    packages: keptFields("packages", tables.packages, name),
    versions: keptFields("versions", tables.versions, name),
    mappings: keptFields("mappings", tables.mappings, name),
  };
}

/** Reads an output schema from a file; errors as {@linkcode parseOutputSchema} and of reading. */
export async function readOutputSchema(path: string): Promise<OutputSchema> {
  return parseOutputSchema(await readTextBounded(path, 1_000_000), path);
}

/**
 * Removes the fields that a schema switches off.
 *
 * Ranks are computed from fields that may be among these, so this is the last step before writing.
 */
export function applySchema(mappings: NodeMappings, schema: OutputSchema): NodeMappings {
  if (publishesAll(schema)) return mappings;
  const packages = Object.entries(mappings.packages)
    .map(([id, pack]) => [id, publishedPackage(pack, schema)] as const);
  return { ...mappings, packages: Object.fromEntries(packages) };
}

/** Removes the fields of one package that a schema switches off. */
export function publishedPackage(pack: MappedPackage, schema: OutputSchema): MappedPackage {
  if (publishesAll(schema)) return pack;
  const versions = Object.entries(pack.versions)
    .map(([version, facts]) => [version, keep<MappedVersion>(facts, schema.versions)] as const);
  return {
    ...keep<MappedPackage>(pack, schema.packages),
    versions: Object.fromEntries(versions),
  };
}

function publishesAll(schema: OutputSchema): boolean {
  return packageFields.every((field) => schema.packages.has(field)) &&
    versionFields.every((field) => schema.versions.has(field));
}

function keep<Shape extends object>(record: Shape, fields: ReadonlySet<string>): Shape {
  return Object.fromEntries(
    Object.entries(record).filter(([field]) => fields.has(field)),
  ) as Shape;
}

function parseTables(text: string, name: string): Readonly<Record<string, unknown>> {
  try {
    return parseToml(text, name);
  } catch (error) {
    if (!isKind(error, baseErrors.DATA_INVALID)) throw error;
    throw new ComfydockError(mappingErrors.OUTPUT_SCHEMA_INVALID, error.message, {
      details: error.details,
      cause: error,
    });
  }
}

function keptFields(table: keyof typeof KNOWN, value: unknown, name: string): ReadonlySet<string> {
  const fields: readonly string[] = KNOWN[table];
  const kept = new Set<string>(fields);
  if (value === undefined) return kept;
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw invalid(name, `"${table}" is no table`, `Write it as [${table}]`);
  }
  for (const [field, on] of Object.entries(value)) {
    const place = `"${field}" in [${table}]`;
    if (!fields.includes(field)) {
      throw invalid(name, `unknown field ${place}`, `Use ${listed(fields)}`);
    }
    if (typeof on !== "boolean") throw invalid(name, `${place} is neither true nor false`);
    if (on) continue;
    if (NEEDED[table].includes(field)) {
      throw invalid(name, `readers need ${place}`, `Remove the line or set ${field} = true`);
    }
    kept.delete(field);
  }
  return kept;
}

function listed(names: readonly string[]): string {
  return names.join(", ");
}

function invalid(name: string, why: string, hint?: string): ComfydockError {
  return new ComfydockError(
    mappingErrors.OUTPUT_SCHEMA_INVALID,
    `Cannot use the output schema "${name}": ${why}`,
    { hint, details: { name } },
  );
}
