import { type FindingSink, keyPath } from "./findings.ts";
import { asRecord, checkFields, type FieldKind } from "./structure.ts";
import { checkTimestamp } from "./timestamps.ts";

const PACKAGE_FIELDS: Readonly<Record<string, FieldKind>> = {
  display_name: "text",
  author: "text",
  description: "text",
  repository: "text",
  downloads: "number",
  github_stars: "number",
  rating: "number",
  license: "text",
  category: "text",
  icon: "text",
  tags: "texts",
  status: "text",
  preemptions: "texts",
  nodename_pattern: "text",
  files: "texts",
  install_type: "text",
};

const VERSION_FIELDS: Readonly<Record<string, FieldKind>> = {
  download_url: "text",
  dependencies: "texts",
  deprecated: "boolean",
  status: "text",
  changelog: "text",
  supported_os: "texts",
  supported_accelerators: "texts",
  supported_comfyui_version: "text",
  supported_comfyui_frontend_version: "text",
  inferred: "boolean",
};

/**
 * Checks the `packages` of a mappings file: fields, versions, times, ids that differ only in case.
 *
 * @returns How many packages there are, and how many of them are Manager's.
 */
export function checkPackages(
  packages: Iterable<readonly [id: string, pack: unknown]>,
  { sink, now }: { readonly sink: FindingSink; readonly now: number },
): { readonly total: number; readonly manager: number } {
  const ids = duplicateIds(sink);
  const counts = { total: 0, manager: 0 };
  for (const [id, pack] of packages) {
    counts.total++;
    const path = keyPath("$.packages", id);
    ids(id, path);
    const found = asRecord(pack, path, sink);
    if (!found) continue;
    if (found["source"] === "manager") counts.manager++;
    checkFields(found, PACKAGE_FIELDS, path, sink);
    checkSource(found["source"], `${path}.source`, sink);
    checkTimestamp(found["created_at"], `${path}.created_at`, { sink, now, severity: "warning" });
    checkTimestamp(found["last_update"], `${path}.last_update`, { sink, now, severity: "warning" });
    checkTimestamp(found["missing_since"], `${path}.missing_since`, { sink, now });
    checkVersions(found["versions"], `${path}.versions`, { sink, now });
  }
  return counts;
}

/** Reports `source` when it is there and not `manager`. */
export function checkSource(source: unknown, path: string, sink: FindingSink): void {
  if (source === undefined || source === "manager") return;
  sink(
    "error",
    "STRUCTURE",
    path,
    `Expected "manager" or nothing, found ${JSON.stringify(source)}`,
  );
}

/** A check that is told every id of a file once and reports those that were told before, in any case. */
export function duplicateIds(sink: FindingSink): (id: string, path: string) => void {
  const seen = new Map<string, string>();
  return (id, path) => {
    const folded = id.toLowerCase();
    const before = seen.get(folded);
    if (before === undefined) {
      seen.set(folded, id);
    } else if (before === id) {
      sink("error", "DUPLICATE_ID", path, `The package ${JSON.stringify(id)} is there twice`);
    } else {
      sink(
        "error",
        "DUPLICATE_ID",
        path,
        `${JSON.stringify(id)} and ${JSON.stringify(before)} differ only in case`,
      );
    }
  };
}

function checkVersions(
  value: unknown,
  path: string,
  { sink, now }: { readonly sink: FindingSink; readonly now: number },
): void {
  const versions = asRecord(value, path, sink);
  for (const version in versions ?? {}) {
    const at = keyPath(path, version);
    const found = asRecord(versions![version], at, sink);
    if (!found) continue;
    checkFields(found, VERSION_FIELDS, at, sink);
    checkTimestamp(found["release_date"], `${at}.release_date`, { sink, now, severity: "warning" });
    checkTimestamp(found["missing_since"], `${at}.missing_since`, { sink, now });
  }
}
