import { type FindingSink, keyPath } from "./findings.ts";
import { checkEntries } from "./entries.ts";
import { checkPackages } from "./packages.ts";
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
export function validateMappings(value: unknown, { sink, now }: MappingsCheck): void {
  const root = asRecord(value, "$", sink);
  if (!root) return;
  checkSchemaVersion(root["schema_version"], sink);
  if (checkField(root, "version", "text", "$", sink, "required")) {
    if (!/^\d{4}\.\d\d\.\d\d/.test(String(root["version"]))) {
      sink("error", "STRUCTURE", "$.version", "Expected a date such as 2026.01.31");
    }
  }
  if (checkField(root, "generated_at", "text", "$", sink, "required")) {
    checkTimestamp(root["generated_at"], "$.generated_at", { sink, now });
  }
  const packages = asRecord(root["packages"], "$.packages", sink);
  const mappings = asRecord(root["mappings"], "$.mappings", sink);
  if (packages) checkPackages(packages, { sink, now });
  const entries = mappings ? checkEntries(mappings, packages, sink) : undefined;
  const stats = asRecord(root["stats"], "$.stats", sink);
  if (!stats || !packages || !mappings) return;
  const manager = Object.values(packages)
    .filter((found) => (found as { source?: unknown } | null)?.source === "manager").length;
  const total = Object.keys(packages).length;
  checkCount(stats, "packages", total, sink);
  checkCount(stats, "signatures", Object.keys(mappings).length, sink);
  checkCount(stats, "total_nodes", entries ?? 0, sink);
  checkCount(stats, "registry_packages", total - manager, sink, "optional");
  checkCount(stats, "manager_packages", manager, sink, "optional");
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
