import { join } from "node:path";
import {
  ComfydockError,
  parseJsonText,
  readBytesBounded,
  readTextBounded,
} from "../../base/mod.ts";
import { readLockPackages } from "../../environment/mod.ts";
import type { TakenPackage } from "../../environment/takeover/mod.ts";
import { listTree } from "../../nodes/mod.ts";
import { MAX_MANIFEST_BYTES, readManifest } from "../../pyproject/mod.ts";
import { lookAt } from "../../workspace/mod.ts";
import { bundleErrors } from "../errors.ts";
import { describeComfygit, isComfygitManifest } from "./comfygit.ts";
import type { ForeignDescription } from "./types.ts";

const LARGEST_FILE = 64 * 1024 ** 2;
const LARGEST_SUM = 512 * 1024 ** 2;

/**
 * Reads an environment of comfygit: `.cec` itself, what it lies in, or what was cloned of it.
 *
 * @returns Nothing where it is none.
 * @throws `MANIFEST_INVALID`, `FILE_UNREADABLE`, `FILE_TOO_LARGE`
 */
export async function readForeignDirectory(
  directory: string,
  named: string,
  signal?: AbortSignal,
): Promise<ForeignDescription | undefined> {
  const inner = join(directory, ".cec");
  const isAround = await lookAt(join(inner, "pyproject.toml")) !== undefined;
  const root = isAround ? inner : directory;
  const manifestText = await textAt(join(root, "pyproject.toml"), MAX_MANIFEST_BYTES);
  if (manifestText === undefined) return undefined;
  if (!isComfygitManifest(readManifest(manifestText, named))) return undefined;
  const comfyui = join(root, "..", "ComfyUI");
  const customNodes = join(comfyui, "custom_nodes");
  const [pythonVersion, torch, lock] = await Promise.all(
    [".python-version", ".pytorch-backend", "uv.lock"].map((name) => textAt(join(root, name))),
  );
  return describeComfygit({
    manifestText,
    workflows: await readWorkflows(root, signal),
    pythonVersion,
    torch,
    locked: lock === undefined ? undefined : lockedIn(lock),
    customNodes: await lookAt(customNodes) ? customNodes : undefined,
    models: await Deno.realPath(join(comfyui, "models")).catch(() => undefined),
  }, named);
}

/**
 * Finds the environment that a whole workspace stands for: its only one, or the one that is active there.
 *
 * @returns Its directory; nothing where there is no workspace.
 * @throws `BUNDLE_SOURCE_INVALID` with the names where none is active
 */
export async function findInWorkspace(directory: string): Promise<string | undefined> {
  const environments = join(directory, "environments");
  const noted = await textAt(join(directory, ".metadata", "workspace.json"));
  if (noted === undefined || !(await lookAt(environments))?.isDirectory) return undefined;
  const names: string[] = [];
  for await (const { name } of Deno.readDir(environments)) {
    if (await lookAt(join(environments, name, ".cec", "pyproject.toml"))) names.push(name);
  }
  const value = parseJsonText(noted, "workspace.json");
  const active = typeof value === "object" && value !== null && "active_environment" in value
    ? value.active_environment
    : undefined;
  const chosen = names.length === 1 ? names[0] : names.find((name) => name === active);
  if (chosen !== undefined) return join(environments, chosen);
  throw new ComfydockError(
    bundleErrors.BUNDLE_SOURCE_INVALID,
    `Cannot import "${directory}": it is a workspace with ${names.length} environments`,
    {
      hint: names.length === 0
        ? "Name the directory of an environment"
        : `Name one of them, such as "${join(environments, names.sort()[0]!)}"`,
      details: { names: names.sort() },
    },
  );
}

function lockedIn(lockText: string): readonly TakenPackage[] {
  // Forks of a resolution give a package several versions, of which none is the one.
  return [...readLockPackages(lockText)].flatMap(([name, versions]) =>
    versions.length === 1 ? [{ name, version: versions[0]! }] : []
  );
}

async function readWorkflows(
  root: string,
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<string, Uint8Array<ArrayBuffer>>> {
  const directory = join(root, "workflows");
  const found = new Map<string, Uint8Array<ArrayBuffer>>();
  if (!(await lookAt(directory))?.isDirectory) return found;
  let room = LARGEST_SUM;
  for (const { path, place, kind, size } of await listTree(directory, { signal })) {
    if (kind === "link" || !/\.json$/i.test(path) || (room -= size) < 0) continue;
    found.set(`workflows/${path}`, await readBytesBounded(place, LARGEST_FILE));
  }
  return found;
}

async function textAt(path: string, maxBytes = LARGEST_FILE): Promise<string | undefined> {
  return (await lookAt(path))?.isFile ? await readTextBounded(path, maxBytes) : undefined;
}
