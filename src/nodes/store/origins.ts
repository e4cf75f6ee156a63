import { invalidData, optional, readList, readRecord, readText } from "../../base/mod.ts";
import { canonicalUrl } from "../../mappings/lookups/mod.ts";
import type { NodeTarget } from "../types.ts";

/** Where the files of a stored tree came from. */
export type NodeOrigin =
  | {
    readonly kind: "registry";
    readonly id: string;
    readonly version: string;
    readonly url: string;
    /** Of the archive, in hex. */
    readonly archiveSha256: string;
  }
  | {
    readonly kind: "git";
    readonly url: string;
    readonly commit: string;
    readonly subdirectory?: string;
  }
  | { readonly kind: "local"; readonly id: string };

const SCHEMA = 1;
const MAX_TEXT = 4_000;

/** Whether what came from there is what a target wants. */
export function isOriginOf(origin: NodeOrigin, target: NodeTarget): boolean {
  if (origin.kind === "registry" && target.source === "registry") {
    return origin.id.toLowerCase() === target.id.toLowerCase() &&
      origin.version === target.version &&
      (target.archiveSha256 === undefined
        ? origin.url === target.downloadUrl || target.downloadUrl === ""
        : origin.archiveSha256 === target.archiveSha256);
  }
  if (origin.kind === "git" && target.source === "git") {
    return origin.commit === target.commit &&
      origin.subdirectory === target.subdirectory &&
      canonicalUrl(origin.url) === canonicalUrl(target.url);
  }
  return false;
}

/** The text of the record beside a stored tree. */
export function originsText(origins: readonly NodeOrigin[]): string {
  const records = origins.map((origin) =>
    origin.kind === "registry"
      ? {
        kind: origin.kind,
        id: origin.id,
        version: origin.version,
        url: origin.url,
        archive_sha256: origin.archiveSha256,
      }
      : origin
  );
  return `${JSON.stringify({ schema_version: SCHEMA, origins: records }, null, 2)}\n`;
}

/**
 * Reads such a record.
 *
 * @throws `DATA_INVALID` with the path of the field at fault
 */
export function readOrigins(value: unknown): readonly NodeOrigin[] {
  const record = readRecord(value, "$");
  if (record.schema_version !== SCHEMA) {
    throw invalidData("$.schema_version", `${SCHEMA}`, record.schema_version);
  }
  return readList(record.origins, "$.origins").map((item, at) => {
    const path = `$.origins[${at}]`;
    const fields = readRecord(item, path);
    const text = (name: string) => readText(fields[name], `${path}.${name}`, MAX_TEXT);
    switch (fields.kind) {
      case "registry":
        return {
          kind: "registry",
          id: text("id"),
          version: text("version"),
          url: text("url"),
          archiveSha256: text("archive_sha256"),
        };
      case "git":
        return {
          kind: "git",
          url: text("url"),
          commit: text("commit"),
          subdirectory: optional(fields.subdirectory, `${path}.subdirectory`, readText),
        };
      case "local":
        return { kind: "local", id: text("id") };
      default:
        throw invalidData(`${path}.kind`, "registry, git or local", fields.kind);
    }
  });
}
