import { join } from "node:path";
import {
  baseErrors,
  isKind,
  optional,
  parseJsonText,
  readRecord,
  readText,
  readTextBounded,
  writeFileAtomic,
} from "../../base/mod.ts";
import type { Manifest } from "../../pyproject/mod.ts";
import { lookAt, removeTree } from "../../workspace/mod.ts";
import { digestOf, resolutionDigest } from "./digests.ts";
import { type PackageVersions, readInstalled } from "./installed.ts";

/** What a virtual environment was filled from, and with what. */
export interface VenvStamp {
  /** Digest of what the resolution depends on; absent where nobody has checked that the lock fits the manifest. */
  readonly resolution?: string;
  /** Digest of the text of the lock. */
  readonly lock: string;
  readonly packages: PackageVersions;
}

const STAMP = ".comfydock.json";
const SCHEMA = 1;
const MAX_BYTES = 4_000_000;

/** Reads the stamp of a virtual environment; one that is missing, damaged or of another schema is none. */
export async function readStamp(venv: string): Promise<VenvStamp | undefined> {
  const path = join(venv, STAMP);
  if (!await lookAt(path)) return undefined;
  try {
    const data = readRecord(parseJsonText(await readTextBounded(path, MAX_BYTES), path), "$");
    if (data.schema !== SCHEMA) return undefined;
    const packages = Object.entries(readRecord(data.packages, "$.packages"))
      .map(([name, version]) => [name, readText(version, `$.packages.${name}`)]);
    return {
      resolution: optional(data.resolution, "$.resolution", readText),
      lock: readText(data.lock, "$.lock"),
      packages: Object.fromEntries(packages),
    };
  } catch (error) {
    if (isKind(error, baseErrors.DATA_INVALID)) return undefined;
    throw error;
  }
}

/**
 * Writes down what a virtual environment has just been filled from.
 *
 * @param content `verified` when the lock is known to fit the manifest.
 */
export async function writeStamp(
  venv: string,
  { manifest, lockText, verified }: {
    readonly manifest: Manifest;
    readonly lockText: string;
    readonly verified: boolean;
  },
): Promise<void> {
  const stamp = {
    schema: SCHEMA,
    ...(verified && { resolution: resolutionDigest(manifest) }),
    lock: digestOf(lockText),
    packages: await readInstalled(venv) ?? {},
  };
  await writeFileAtomic(join(venv, STAMP), JSON.stringify(stamp));
}

/** Takes the stamp away before the environment is changed. */
export async function removeStamp(venv: string): Promise<void> {
  await removeTree(join(venv, STAMP));
}

/** Whether a virtual environment was filled from a lock that is known to fit a manifest. */
export function isStampOf(
  stamp: VenvStamp | undefined,
  manifest: Manifest,
  lockText: string | undefined,
): stamp is VenvStamp {
  return isFilledFrom(stamp, lockText) && stamp.resolution === resolutionDigest(manifest);
}

/** Whether a virtual environment was filled from a lock. */
export function isFilledFrom(
  stamp: VenvStamp | undefined,
  lockText: string | undefined,
): stamp is VenvStamp {
  return stamp !== undefined && lockText !== undefined && stamp.lock === digestOf(lockText);
}

/** Whether two lists of packages are the same. */
export function samePackages(a: PackageVersions, b: PackageVersions): boolean {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name]);
}
