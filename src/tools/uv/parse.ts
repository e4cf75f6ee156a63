import { optional, readList, readRecord, readText } from "../../base/mod.ts";

/** A Python on this machine. */
export interface InstalledPython {
  /** Such as `3.12.7`. */
  readonly version: string;
  /** The executable. */
  readonly path: string;
  /** Such as `cpython`. */
  readonly implementation: string;
  /** Such as `freethreaded`; absent for the usual build. */
  readonly variant?: string;
}

/** Reads `uv python list --output-format json`; several names of one file come once. */
export function parsePythonList(output: string): readonly InstalledPython[] {
  const found = new Map<string, InstalledPython>();
  for (const [at, item] of readList(JSON.parse(output), "$").entries()) {
    const record = readRecord(item, `$[${at}]`);
    const path = optional(record.path, `$[${at}].path`, readText);
    if (path === undefined) continue;
    const variant = optional(record.variant, `$[${at}].variant`, readText);
    found.set(path, {
      version: readText(record.version, `$[${at}].version`),
      path,
      implementation: optional(record.implementation, `$[${at}].implementation`, readText) ??
        "cpython",
      ...(variant !== undefined && variant !== "default" && { variant }),
    });
  }
  return [...found.values()];
}

/** A package in an environment. */
export interface InstalledPackage {
  readonly name: string;
  readonly version: string;
  /** The directory of a package that is used in place. */
  readonly editable?: string;
}

/** Reads `uv pip list --format json`. */
export function parsePackageList(output: string): readonly InstalledPackage[] {
  return readList(JSON.parse(output), "$").map((item, at) => {
    const record = readRecord(item, `$[${at}]`);
    const editable = optional(
      record.editable_project_location,
      `$[${at}].editable_project_location`,
      readText,
    );
    return {
      name: readText(record.name, `$[${at}].name`),
      version: readText(record.version, `$[${at}].version`),
      ...(editable !== undefined && { editable }),
    };
  });
}

/** A package that a sync adds, removes or installs anew. */
export interface PackageChange {
  readonly action: "added" | "removed" | "reinstalled";
  readonly name: string;
  /** Of a dry run that does not know it yet, the address that the package would be built from. */
  readonly version: string;
}

const ACTIONS = { "+": "added", "-": "removed", "~": "reinstalled" } as const;

/** Reads the lines of `uv sync` such as ` + numpy==2.1.0` or ` + pack @ git+https://…`; other lines are passed over. */
export function parseUvChanges(stderr: string): readonly PackageChange[] {
  return [...stderr.matchAll(/^ ([-+~]) ([A-Za-z0-9._-]+)(?:==| @ )(\S+)/gm)].map((match) => ({
    action: ACTIONS[match[1] as keyof typeof ACTIONS],
    name: match[2]!,
    version: match[3]!,
  }));
}

/** What a sync would do. */
export interface SyncForecast {
  readonly changes: readonly PackageChange[];
  /** How many of the packages the cache does not have. */
  readonly downloads: number;
}

/** Reads the lines of `uv sync --dry-run`. */
export function parseForecast(stderr: string): SyncForecast {
  const [, count = "0"] = /^Would download (\d+) packages?$/m.exec(stderr) ?? [];
  return { changes: parseUvChanges(stderr), downloads: Number(count) };
}

/** Reads the answer of a credential helper: `{"headers": {"Authorization": ["Basic …"]}}`. */
export function parseAuthorization(output: string): string | undefined {
  const { headers = {} } = readRecord(JSON.parse(output), "$");
  const { Authorization: values } = readRecord(headers, "$.headers");
  const [first] = values === undefined ? [] : readList(values, "$.headers.Authorization");
  return optional(first, "$.headers.Authorization", readText);
}

/** Reads `uv --version`, such as `uv 0.13.8 (x86_64-unknown-linux-gnu)`. */
export function parseUvVersion(output: string): string | undefined {
  return /^uv (\d+\.\d+\.\d+)/.exec(output)?.[1];
}

/** Tells whether a version of uv is at least another. */
export function isAtLeast(version: string, minimum: string): boolean {
  const wanted = minimum.split(".").map(Number);
  const found = version.split(".").map(Number);
  for (const [at, number] of wanted.entries()) {
    const difference = (found[at] ?? 0) - number;
    if (difference !== 0) return difference > 0;
  }
  return true;
}
