import { contentOf, type MappingsContent } from "./content.ts";
import { type FindingSink, keyPath } from "./findings.ts";
import { checkEntries } from "./entries.ts";
import { checkPackages } from "./packages.ts";
import type { PublishedCounts } from "../../mappings/draft/mod.ts";
import { checkTimestamp } from "./timestamps.ts";
import { asRecord, checkField } from "./structure.ts";

/** The newest shape of `node_mappings.json` that this version checks. */
export const MAPPINGS_SCHEMA_VERSION = 1;

/** What a check of a mappings file needs to know. */
export interface MappingsCheck {
  readonly sink: FindingSink;
  /** Milliseconds since the Unix epoch. */
  readonly now: number;
}

/**
 * Checks `node_mappings.json` in itself: structure, counts, orphans, duplicate ids, ranks, times.
 *
 * @param value The parsed JSON, not trusted in any way.
 * @param check Where findings go, and the time they are measured against.
 */
export function validateMappings(
  value: unknown,
  check: MappingsCheck,
): CheckedMappings | undefined {
  const root = asRecord(value, "$", check.sink);
  return root && validateContent(contentOf(root), check);
}

/** Mappings that were checked, with what was counted on the way. */
export interface CheckedMappings {
  readonly content: MappingsContent;
  /** Absent when one of the long parts cannot be read. */
  readonly counts?: PublishedCounts;
}

/** Checks mappings in themselves; as {@linkcode validateMappings}. */
export function validateContent(
  content: MappingsContent,
  { sink, now }: MappingsCheck,
): CheckedMappings {
  const { head: root, instead } = content;
  checkSchemaVersion(root["schema_version"], sink);
  if (checkField(root, "version", "text", "$", sink, "required")) {
    if (!/^\d{4}\.\d\d\.\d\d/.test(String(root["version"]))) {
      sink("error", "STRUCTURE", "$.version", "Expected a date such as 2026.01.31");
    }
  }
  if (checkField(root, "generated_at", "text", "$", sink, "required")) {
    checkTimestamp(root["generated_at"], "$.generated_at", { sink, now });
  }
  if (!content.packages) asRecord(instead.packages, "$.packages", sink);
  if (!content.keys) asRecord(instead.mappings, "$.mappings", sink);
  const packages = content.packages && checkPackages(content.packages(), { sink, now });
  const entries = content.keys && checkEntries(content.keys(), content, sink);
  const stats = asRecord(root["stats"], "$.stats", sink);
  if (!packages || !entries) return { content };
  const counts = { packages: packages.total, signatures: entries.keys };
  if (!stats) return { content, counts };
  checkCount(stats, "packages", packages.total, sink);
  checkCount(stats, "signatures", entries.keys, sink);
  checkCount(stats, "total_nodes", entries.entries, sink);
  checkCount(stats, "registry_packages", packages.total - packages.manager, sink, "optional");
  checkCount(stats, "manager_packages", packages.manager, sink, "optional");
  return { content, counts };
}

function checkSchemaVersion(version: unknown, sink: FindingSink): void {
  if (version === undefined) {
    sink("warning", "SCHEMA_VERSION", "$.schema_version", "The file names no schema version");
  } else if (!Number.isInteger(version) || Number(version) < 1) {
    sink("error", "SCHEMA_VERSION", "$.schema_version", "Expected a whole number from 1");
  } else if (Number(version) > MAPPINGS_SCHEMA_VERSION) {
    sink(
      "error",
      "SCHEMA_VERSION",
      "$.schema_version",
      `Schema ${version} is newer than ${MAPPINGS_SCHEMA_VERSION}, the newest that is known here`,
    );
  }
}

function checkCount(
  stats: Readonly<Record<string, unknown>>,
  name: string,
  counted: number,
  sink: FindingSink,
  presence: "required" | "optional" = "required",
): void {
  if (!checkField(stats, name, "count", "$.stats", sink, presence)) return;
  if (stats[name] === counted) return;
  sink(
    "error",
    "COUNT_MISMATCH",
    keyPath("$.stats", name),
    `The file says ${stats[name]} and holds ${counted}`,
  );
}
