import { basename, dirname, join } from "node:path";
import { mapConcurrent } from "../../base/mod.ts";
import type { Git } from "../../tools/mod.ts";
import { entriesIn, lookAt } from "../../workspace/disk/mod.ts";
import type { NodeDirectory } from "../types.ts";
import { readGitFacts } from "./git_facts.ts";
import { readPackProject } from "./pack_project.ts";

const DISABLED = ".disabled";
const READ_AT_ONCE = 16;

/** How closely directories are looked at. */
export interface ReadDirectoriesOptions {
  /** Asks git which working copies have changes, which takes its time. */
  readonly git?: Git;
}

/**
 * Reads what lies in `custom_nodes`: packs, those that are disabled (`.disabled/NAME`, or `NAME.disabled` as older
 * versions of ComfyUI-Manager had it), and single `.py` files.
 *
 * A pack counts as the registry's when ComfyUI-Manager would say so: by `.tracking` beside a `pyproject.toml` with a
 * name. A link counts as a development pack.
 *
 * @param customNodes The directory; nothing is found when it does not exist.
 * @returns Sorted by name, enabled ones first.
 * @throws `FILE_UNREADABLE`
 */
export async function readNodeDirectories(
  customNodes: string,
  options: ReadDirectoriesOptions = {},
): Promise<readonly NodeDirectory[]> {
  const disabled = join(customNodes, DISABLED);
  const places = [
    ...(await entriesIn(customNodes)).map((entry) => ({ entry, above: customNodes })),
    ...(await entriesIn(disabled)).map((entry) => ({ entry, above: disabled })),
  ].filter(({ entry }) => mayBePack(entry));
  const read = mapConcurrent(
    places,
    ({ entry, above }) => readDirectory(above, entry, above === customNodes, options),
    { limit: READ_AT_ONCE },
  );
  const found = (await Array.fromAsync(read)).filter((each) => each !== undefined);
  return found.sort((a, b) => Number(b.enabled) - Number(a.enabled));
}

function mayBePack({ name, isFile }: Deno.DirEntry): boolean {
  if (name.startsWith(".") || name === "__pycache__") return false;
  return !isFile || /\.py(?:\.disabled)?$/i.test(name);
}

async function readDirectory(
  above: string,
  { name, isSymlink }: Deno.DirEntry,
  isOnTop: boolean,
  { git }: ReadDirectoriesOptions,
): Promise<NodeDirectory | undefined> {
  const path = join(above, name);
  const info = await Deno.stat(path).catch(() => undefined);
  const singleFile = info?.isFile ?? false;
  // A link whose target is gone still takes the name.
  if (singleFile && !/\.py(?:\.disabled)?$/i.test(name)) return undefined;
  const base = {
    directory: name,
    path,
    enabled: isOnTop && !name.toLowerCase().endsWith(".disabled"),
    linked: isSymlink,
    singleFile,
  };
  if (!info?.isDirectory) return { ...base, source: isSymlink ? "development" : "unknown" };
  const [project, facts, tracking] = await Promise.all([
    readPackProject(path),
    readGitFacts(path),
    lookAt(join(path, ".tracking")),
  ]);
  const tracked = tracking !== undefined && !facts && project?.name !== undefined;
  const registryId = facts?.registryId ??
    (tracked || project?.forRegistry ? project?.name?.toLowerCase() : undefined);
  return {
    ...base,
    source: isSymlink ? "development" : facts ? "git" : tracked ? "registry" : "unknown",
    registryId,
    version: project?.version,
    repository: facts?.repository,
    commit: facts?.commit,
    dirty: facts && git ? (await git.status(path)).entries.length > 0 : undefined,
  };
}

/**
 * Finds what already takes a name below `custom_nodes`, also on systems that fold case.
 *
 * @param directory The name wanted.
 */
export function findClash(
  directories: readonly NodeDirectory[],
  directory: string,
): NodeDirectory | undefined {
  const folded = foldDirectory(directory);
  return directories.find((each) => foldDirectory(each.directory) === folded);
}

/** The name of a pack's directory without what disabling adds: `NAME.disabled`, or `.disabled/NAME@1_0_0`. */
export function plainDirectory(
  { directory, enabled, path }: Pick<NodeDirectory, "directory" | "enabled" | "path">,
): string {
  if (enabled) return directory;
  const name = directory.replace(/\.disabled$/i, "");
  return basename(dirname(path)) === DISABLED ? name.replace(/@[^@]*$/, "") : name;
}

/** The form in which names of directories are compared: without what disabling added, case folded. */
export function foldDirectory(directory: string): string {
  return directory.normalize("NFC").toLowerCase().replace(/\.disabled$/, "").replace(/@[^@]*$/, "");
}
