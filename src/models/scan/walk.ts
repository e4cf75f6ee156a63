import { join } from "node:path";
import { ComfydockError, fileError, throwIfAborted } from "../../base/mod.ts";
import { modelErrors } from "../errors.ts";
import { toProblem } from "../faults.ts";
import type { ModelFolders } from "../folders/mod.ts";
import type { ModelProblem } from "../types.ts";
import type { FoundFile, FoundFiles, ScanRoot } from "./types.ts";

/** How a root is walked through. */
export interface WalkOptions {
  readonly recursive: boolean;
  readonly folders: ModelFolders;
  readonly signal?: AbortSignal;
}

const DEEPEST = 64;
/** How often one directory is entered by way of different links. */
const MOST_VISITS = 4;
/** What stands in a name for bytes that are no UTF-8. */
const REPLACEMENT = "\uFFFD";
const PAUSE_AFTER = 2000;

/**
 * Lists the model files of a root, sorted by path; links are followed, names that begin with a dot are left out.
 *
 * What cannot be looked at is told, and the rest goes on.
 *
 * @throws `INTERRUPTED`
 */
export async function walkRoot(root: ScanRoot, options: WalkOptions): Promise<FoundFiles> {
  const walk = new Walk(root, options);
  let entries = 0;
  for (const _ of walk.directory(join(root.directory, root.below), root.below, [])) {
    // Now and then the signal must get a chance to come in.
    if (++entries % PAUSE_AFTER !== 0) continue;
    await new Promise((resolve) => setTimeout(resolve));
    throwIfAborted(options.signal);
  }
  const { files, blind, problems, warnings } = walk;
  return { root, files, blind, problems, warnings };
}

/** Where an entry lies. */
interface Surroundings {
  readonly below: string;
  /** ComfyUI's. */
  readonly folder: string | undefined;
  /** The identities of all directories around it. */
  readonly chain: readonly string[];
}

class Walk {
  readonly files: FoundFile[] = [];
  readonly blind: string[] = [];
  readonly problems: ModelProblem[] = [];
  readonly warnings: ModelProblem[] = [];
  readonly #root: ScanRoot;
  readonly #options: WalkOptions;
  readonly #visits = new Map<string, number>();

  constructor(root: ScanRoot, options: WalkOptions) {
    this.#root = root;
    this.#options = options;
  }

  /** Yields once for each entry. */
  *directory(path: string, below: string, ancestors: readonly string[]): Generator<void> {
    let entries: Deno.DirEntry[];
    let identity: string;
    try {
      const { dev, ino } = Deno.statSync(path);
      identity = ino === null ? path : `${dev}:${ino}`;
      if (ancestors.includes(identity) || ancestors.length > DEEPEST) return this.#loop(path);
      const visits = this.#visits.get(identity) ?? 0;
      if (visits >= MOST_VISITS) return this.#loop(path);
      this.#visits.set(identity, visits + 1);
      entries = [...Deno.readDirSync(path)];
    } catch (error) {
      return this.#blindAt(path, below, error);
    }
    entries.sort((one, other) => (one.name < other.name ? -1 : 1));
    const folder = this.#folderOf(path, below);
    const chain = [...ancestors, identity];
    for (const entry of entries) {
      yield;
      if (entry.name.startsWith(".")) continue;
      const inner = below === "" ? entry.name : `${below}/${entry.name}`;
      yield* this.#entry(entry, join(path, entry.name), { below: inner, folder, chain });
    }
  }

  *#entry(
    { name, isDirectory, isSymlink }: Deno.DirEntry,
    path: string,
    { below, folder, chain }: Surroundings,
  ): Generator<void> {
    const named = this.#options.folders.isModelFile(name, folder);
    if (!isDirectory && !isSymlink && !named) return;
    let info: Deno.FileInfo;
    try {
      info = Deno.statSync(path);
    } catch (error) {
      return this.#unreachable(path, below, { isSymlink, named }, error);
    }
    if (info.isDirectory) {
      if (this.#options.recursive) yield* this.directory(path, below, chain);
      return;
    }
    if (!named) return;
    if (!info.isFile) return this.#notAFile(path);
    this.files.push({
      ...placeOf(info),
      path,
      directory: this.#root.directory,
      relativePath: below,
      folder,
    });
  }

  /** ComfyUI's folder of what lies in a directory. */
  #folderOf(directory: string, below: string): string | undefined {
    const { folder, inner } = this.#root;
    const extra = inner.find((each) => isInside(directory, each.directory));
    const { folders } = this.#options;
    const known = extra?.folder ?? folder ?? folders.folderOf(`${below}/`);
    // A directory of models somewhere below the root, such as that of a ComfyUI in somebody's home.
    const [, inModels] = /^(?:.*\/)?models\/(.*)$/.exec(`${below}/`) ?? [];
    return known ?? (inModels === undefined ? undefined : folders.folderOf(inModels));
  }

  #unreachable(
    path: string,
    below: string,
    { isSymlink, named }: { isSymlink: boolean; named: boolean },
    error: unknown,
  ): void {
    const gone = error instanceof Deno.errors.NotFound;
    if (gone && path.includes(REPLACEMENT)) {
      const message = `Cannot use "${path}": its name is not valid UTF-8`;
      this.warnings.push({ code: modelErrors.MODEL_NAME_UNUSABLE.code, message, path });
    } else if (gone && isSymlink && named) {
      const message = `Cannot read "${path}": it is a link to something that does not exist`;
      this.problems.push({ code: modelErrors.MODEL_LINK_LOOP.code, message, path });
    } else if (!gone && (named || !isSymlink)) this.#blindAt(path, below, error);
  }

  #blindAt(path: string, below: string, error: unknown): void {
    // What vanishes while the walk goes on is simply not there.
    if (
      error instanceof Deno.errors.NotFound && below !== this.#root.below &&
      !path.includes(REPLACEMENT)
    ) return;
    this.blind.push(below);
    this.problems.push(toProblem(path, fileError("Cannot read", path, error)));
  }

  #loop(path: string): void {
    const message = `Did not enter "${path}": links lead there in a circle`;
    this.warnings.push({ code: modelErrors.MODEL_LINK_LOOP.code, message, path });
  }

  #notAFile(path: string): void {
    const message = `Cannot use "${path}": it is a device, a pipe or a socket`;
    const error = new ComfydockError(modelErrors.MODEL_NOT_A_FILE, message);
    this.problems.push(toProblem(path, error));
  }
}

/** What tells whether a file is still the same. */
export function placeOf(
  info: Deno.FileInfo,
): Pick<FoundFile, "size" | "mtimeNs" | "inode" | "device"> {
  return {
    size: info.size,
    // The runtime tells times in milliseconds.
    mtimeNs: BigInt(info.mtime?.getTime() ?? 0) * 1_000_000n,
    ...(info.ino ? { inode: BigInt(info.ino), device: BigInt(info.dev) } : {}),
  };
}

/** Whether a path is a directory or lies in it; both absolute. */
export function isInside(path: string, directory: string): boolean {
  if (path === directory) return true;
  const start = directory.endsWith("/") || directory.endsWith("\\") ? directory : `${directory}/`;
  return path.replaceAll("\\", "/").startsWith(start.replaceAll("\\", "/"));
}
