import { join } from "node:path";
import { unpackArchive } from "../../archive/mod.ts";
import { ComfydockError, fileError } from "../../base/mod.ts";
import { downloadFile } from "../../http/download/mod.ts";
import type { HttpClient } from "../../http/mod.ts";
import { removeTree } from "../../workspace/mod.ts";
import { readPackRequirements } from "../requirements/mod.ts";
import { chooseVersion, misfitOf, type TargetPlatform } from "./choose_version.ts";
import type { PackageFacts, PackageVersion } from "./types.ts";

/** Something about a pack that keeps it from being installed, or that one should know. */
export interface PackageFinding {
  readonly severity: "error" | "warning";
  readonly code:
    | "PACK_NOT_LISTED"
    | "PACK_WITHOUT_ARCHIVES"
    | "PACK_NO_LIVE_VERSION"
    | "PACK_NOT_FITTING"
    | "PACK_NO_ARCHIVE"
    | "PACK_ARCHIVE_UNREADABLE"
    | "PACK_REQUIREMENT"
    | "PACK_WITHOUT_CODE"
    | "PACK_CLASSES_UNKNOWN";
  readonly message: string;
}

/** What checking a pack needs. */
export interface ValidationWorld {
  /** Opens a client when an archive is fetched. */
  http(): Promise<HttpClient>;
  /** Directory for what is fetched, which is removed again; default that of the system. */
  readonly downloads?: string;
  readonly platform: TargetPlatform;
  readonly signal?: AbortSignal;
}

const MAX_ARCHIVE_BYTES = 1024 ** 3;

/**
 * Checks a pack: listed, with a live version that fits here, its archive readable, its requirements too, its classes known.
 *
 * @param classes The pack's class names, as far as they are known.
 * @throws `INTERRUPTED`, `FILE_UNWRITABLE`, `DISK_FULL`; all else is a finding.
 */
export async function validatePackage(
  facts: PackageFacts,
  classes: readonly string[],
  world: ValidationWorld,
): Promise<readonly PackageFinding[]> {
  const findings: PackageFinding[] = [];
  const add = (
    severity: PackageFinding["severity"],
    code: PackageFinding["code"],
    message: string,
  ) => findings.push({ severity, code, message });
  if (facts.source === "registry") {
    if (!facts.listed) add("error", "PACK_NOT_LISTED", "The registry does not list it");
    const version = checkVersions(facts, world.platform, add);
    if (version) findings.push(...await checkArchive(facts, version, world));
  } else if (facts.source === "manager") {
    const message =
      "Only ComfyUI-Manager lists it: it comes by git, and there is no archive to check";
    add("warning", "PACK_WITHOUT_ARCHIVES", message);
  }
  if (classes.length === 0) {
    add("warning", "PACK_CLASSES_UNKNOWN", "Nobody knows which node classes it provides");
  }
  return findings;
}

function checkVersions(
  { versions }: PackageFacts,
  platform: TargetPlatform,
  add: (severity: "error", code: PackageFinding["code"], message: string) => void,
): PackageVersion | undefined {
  const chosen = chooseVersion(versions, platform);
  if (chosen) return chosen;
  const live = versions.find((one) => one.live);
  if (!live) {
    const message = versions.length === 0
      ? "It has no version"
      : `None of its ${versions.length} versions may be installed: all are deprecated or withdrawn`;
    add("error", "PACK_NO_LIVE_VERSION", message);
    return undefined;
  }
  add("error", "PACK_NOT_FITTING", `Version ${live.version} ${misfitOf(live, platform)}`);
  return live;
}

async function checkArchive(
  { id }: PackageFacts,
  { version, downloadUrl, dependencies }: PackageVersion,
  world: ValidationWorld,
): Promise<readonly PackageFinding[]> {
  if (!downloadUrl) {
    const message = `The registry names no archive of version ${version}`;
    return [{ severity: "error", code: "PACK_NO_ARCHIVE", message }];
  }
  const { downloads, signal } = world;
  const directory = await makeDirectory(downloads);
  try {
    const target = join(directory, "archive");
    const http = await world.http();
    await downloadFile(http, { url: downloadUrl, target, maxBytes: MAX_ARCHIVE_BYTES, signal });
    const tree = join(directory, "tree");
    const entries = await unpackArchive(target, tree, { signal });
    const hasCode = entries.some(({ path }) => /\.(?:py|js)$/.test(path));
    return [
      ...(hasCode ? [] : [
        {
          severity: "error",
          code: "PACK_WITHOUT_CODE",
          message: `The archive of version ${version} holds no program`,
        } as const,
      ]),
      ...await checkRequirements(tree, dependencies),
    ];
  } catch (error) {
    if (!(error instanceof ComfydockError) || signal?.aborted) throw error;
    const message = `The archive of ${id} ${version} cannot be read: ${error.message}`;
    return [{ severity: "error", code: "PACK_ARCHIVE_UNREADABLE", message }];
  } finally {
    await removeTree(directory);
  }
}

async function checkRequirements(
  tree: string,
  listed: readonly string[],
): Promise<readonly PackageFinding[]> {
  const { findings } = await readPackRequirements(tree, { listed });
  return findings.map(({ code, message, file, line }) => ({
    severity: code === "REQUIREMENT_UNREADABLE" ? "error" : "warning",
    code: "PACK_REQUIREMENT",
    message: `${file}${line === undefined ? "" : ` line ${line}`}: ${message}`,
  }));
}

async function makeDirectory(parent: string | undefined): Promise<string> {
  try {
    if (parent !== undefined) await Deno.mkdir(parent, { recursive: true });
    return await Deno.makeTempDir({ dir: parent, prefix: "check-" });
  } catch (error) {
    throw fileError("Cannot write", parent ?? "the temporary directory", error);
  }
}
