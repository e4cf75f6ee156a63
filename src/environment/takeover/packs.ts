import { basename } from "node:path";
import { baseErrors, ComfydockError, isKind } from "../../base/mod.ts";
import { directoryNameOf, foldDirectory, type NodeTarget, obtainNode } from "../../nodes/mod.ts";
import { collect } from "../nodes/collect.ts";
import { describeArrival } from "../nodes/describe.ts";
import type { NodeChange } from "../nodes/types.ts";
import type { EnvironmentWorld } from "../types.ts";
import { compareFiles, partBySize } from "./same_files.ts";
import type { Certainty, TakenPack, TakeoverFinding, TakeoverTools } from "./types.ts";

/** The node packs of a takeover, all of them on this machine. */
export interface TakenPacks {
  readonly changes: readonly NodeChange[];
  readonly made: readonly MadeFiles[];
  readonly findings: readonly TakeoverFinding[];
}

/** Small files that a pack made in its own directory, such as its settings. */
export interface MadeFiles {
  /** Below `custom_nodes`. */
  readonly directory: string;
  readonly enabled: boolean;
  /** Absolute path of the pack in the other install. */
  readonly from: string;
  /** Below both, with forward slashes. */
  readonly files: readonly string[];
}

interface Taken {
  readonly pack: TakenPack;
  /** Files that only the other install has. */
  readonly made?: readonly string[];
  /** Absent where the pack cannot be had. */
  readonly change?: NodeChange;
  readonly certainty: Certainty;
  readonly message: string;
}

const SHOWN = 3;

/**
 * Gets the node packs of another install: from where they came, or its own files where those are other ones.
 *
 * A pack that cannot be had is told and left out; it does not stop the others.
 */
export async function takePacks(
  world: EnvironmentWorld,
  packs: readonly TakenPack[],
  { resolve }: Pick<TakeoverTools, "resolve">,
): Promise<TakenPacks> {
  const { results } = await collect(world, packs, (pack) => take(world, pack, resolve), {
    label: "Getting node packs",
    nameOf: ({ subject }) => subject,
  });
  return onceEach(results);
}

async function take(
  world: EnvironmentWorld,
  pack: TakenPack,
  resolve: TakeoverTools["resolve"],
): Promise<Taken> {
  if (pack.reference === undefined) {
    return await takeFiles(world, pack, "Nobody says where it comes from");
  }
  try {
    const target = await resolve(pack.reference, { git: pack.git });
    const obtained = await obtainNode(world, target);
    if (pack.files === undefined) {
      const change = await arrive(pack, obtained);
      return { pack, change, ...asNamed(pack, target) };
    }
    const { changed, extra } = await compareFiles(pack.files, obtained.tree);
    if (changed.length > 0) {
      const why = `It has local changes (${someOf(changed)}), which ${pack.reference} has not`;
      return await takeFiles(world, pack, why, target);
    }
    const { small, large } = await partBySize(pack.files, extra);
    const message = [
      `It is ${describe(target)}`,
      ...small.length > 0 ? [`files that it made come along: ${someOf(small)}`] : [],
      ...large.length > 0 ? [`large ones stay behind: ${someOf(large)}`] : [],
    ].join("; ");
    const change = await arrive(pack, obtained);
    return { pack, change, made: small, certainty: "exact", message };
  } catch (error) {
    if (!mayGoOn(error)) throw error;
    return await takeFiles(world, pack, `It cannot be had as ${pack.reference} (${error.message})`);
  }
}

function asNamed(
  { reference = "" }: TakenPack,
  target: NodeTarget,
): Pick<Taken, "certainty" | "message"> {
  const wanted = target.source === "registry"
    ? target.version
    : target.source === "git"
    ? target.commit
    : undefined;
  const isExact = wanted !== undefined && reference.endsWith(`@${wanted}`);
  return isExact
    ? { certainty: "exact", message: `It is ${describe(target)}` }
    : { certainty: "guessed", message: `Nobody says which version; ${describe(target)} is taken` };
}

/** Takes the very files of this machine; `origin` is what they were made from. */
async function takeFiles(
  world: EnvironmentWorld,
  pack: TakenPack,
  why: string,
  origin?: NodeTarget,
): Promise<Taken> {
  const { files, subject, directory } = pack;
  if (files === undefined) {
    return { pack, certainty: "unknown", message: `${why}; it is left out` };
  }
  const id = directory ?? basename(files);
  const from = origin?.source === "git" ? { repository: origin.url, commit: origin.commit } : {};
  try {
    const target: NodeTarget = { source: "local", id, name: id, path: files, ...from };
    const obtained = await obtainNode(world, target);
    return {
      pack,
      change: await arrive(pack, obtained),
      certainty: origin ? "exact" : "guessed",
      message: `${why}; its files are taken as they are`,
    };
  } catch (error) {
    if (!mayGoOn(error)) throw error;
    const message = `${why}, and its files cannot be taken: ${error.message}`;
    return { pack, certainty: "unknown", message: message.replaceAll(files, subject) };
  }
}

async function arrive(
  { directory, enabled, ref }: TakenPack,
  obtained: Awaited<ReturnType<typeof obtainNode>>,
): Promise<NodeChange> {
  // One that not every system allows gets a name that all do.
  const named = directory === undefined
    ? {}
    : { directory: directoryNameOf({ source: "local", id: directory, name: directory }) };
  const facts = {
    enabled,
    ...named,
    ...(ref !== undefined && obtained.target.source === "git" && { ref }),
  };
  return await describeArrival({ obtained, action: "adopted", facts });
}

function mayGoOn(error: unknown): error is ComfydockError {
  return error instanceof ComfydockError && !isKind(error, baseErrors.INTERRUPTED) &&
    !isKind(error, baseErrors.DISK_FULL);
}

function describe(target: NodeTarget): string {
  if (target.source === "registry") return `the registry's ${target.id} ${target.version}`;
  if (target.source === "git") return `${target.url} at ${target.commit.slice(0, 8)}`;
  return `the directory ${target.name}`;
}

function someOf(files: readonly string[]): string {
  const more = files.length - SHOWN;
  return `${files.slice(0, SHOWN).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

// Manager keeps older versions in `.disabled`; the one in use comes first.
function onceEach(taken: readonly Taken[]): TakenPacks {
  const changes: NodeChange[] = [];
  const allMade: MadeFiles[] = [];
  const findings: TakeoverFinding[] = [];
  const ids = new Set<string>();
  const directories = new Set<string>();
  const sorted = taken.toSorted((a, b) => Number(b.pack.enabled) - Number(a.pack.enabled));
  for (const { pack, change, made: files = [], certainty, message } of sorted) {
    const { subject, enabled, files: from } = pack;
    const told = { part: "nodes", subject } as const;
    if (!change?.obtained) {
      findings.push({ ...told, certainty, message });
      continue;
    }
    const directory = foldDirectory(
      change.after?.directory ?? directoryNameOf(change.obtained.target),
    );
    if (ids.has(change.id) || directories.has(directory)) {
      const why = `It is another copy of ${change.id}, which is there already`;
      findings.push({ ...told, certainty: "dropped", message: why });
      continue;
    }
    ids.add(change.id);
    directories.add(directory);
    changes.push(change);
    if (from !== undefined && files.length > 0) {
      const { directory = change.id } = change.after ?? {};
      allMade.push({ directory, enabled, from, files });
    }
    findings.push({
      ...told,
      certainty,
      message: enabled ? message : `${message}; it is disabled`,
    });
    for (const { message } of change.findings) {
      findings.push({ ...told, certainty: "dropped", message });
    }
  }
  return { changes, made: allMade, findings };
}
