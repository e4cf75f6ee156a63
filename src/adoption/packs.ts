import { basename, join } from "node:path";
import type { Certainty, TakenPack } from "../environment/takeover/mod.ts";
import { gitReference, type ManagerSnapshot } from "../environment/takeover/mod.ts";
import {
  foldDirectory,
  type NodeDirectory,
  plainDirectory,
  readNodeDirectories,
} from "../nodes/mod.ts";
import type { Git } from "../tools/mod.ts";
import { readWorkingCopy } from "./git_state.ts";

/** A node pack of an install, and how much is known of it. */
export interface FoundPack {
  readonly pack: TakenPack;
  readonly source: "registry" | "git" | "unknown";
  /** What it is known by: a registry id, or an address. */
  readonly origin?: string;
  readonly version?: string;
  readonly commit?: string;
  /** Files that differ from the commit; absent where nobody can tell. */
  readonly changed?: readonly string[];
  readonly certainty: Certainty;
  /** One sentence without a full stop. */
  readonly message: string;
}

/** What lies in `custom_nodes`. */
export interface FoundPacks {
  readonly packs: readonly FoundPack[];
  /** Absolute paths of single files that ComfyUI loads as packs. */
  readonly files: readonly string[];
}

const MOST_PACKS = 2_000;

/**
 * Reads which node packs an install has: from git's files, from the registry's marks, else from a snapshot beside.
 *
 * @param snapshot What fills the gaps.
 */
export async function readPacks(
  git: Git,
  base: string,
  snapshot: ManagerSnapshot | undefined,
): Promise<FoundPacks> {
  const directories = (await readNodeDirectories(join(base, "custom_nodes"))).slice(0, MOST_PACKS);
  const packs: FoundPack[] = [];
  for (const directory of directories.filter(({ singleFile }) => !singleFile)) {
    packs.push(await readPack(git, directory, snapshot));
  }
  return {
    packs,
    files: directories.filter(({ singleFile }) => singleFile).map(({ path }) => path),
  };
}

async function readPack(
  git: Git,
  found: NodeDirectory,
  snapshot: ManagerSnapshot | undefined,
): Promise<FoundPack> {
  const { enabled, version, registryId, linked } = found;
  const directory = plainDirectory(found);
  const path = linked ? await Deno.realPath(found.path).catch(() => undefined) : found.path;
  const pack = { subject: directory, directory, enabled, files: path };
  if (path === undefined) {
    const message = "It is a link that leads nowhere";
    return { pack, source: "unknown", certainty: "unknown", message };
  }
  const copy = await readWorkingCopy(git, path);
  if (copy?.repository !== undefined && copy.commit !== undefined) {
    const { repository, commit, branch: ref, changed } = copy;
    const reference = gitReference(repository, commit);
    return {
      pack: { ...pack, reference, git: true, ref },
      source: "git",
      origin: gitReference(repository, undefined),
      commit,
      changed,
      ...judge(changed),
    };
  }
  // Of a link only its target can say where it comes from.
  const isRegistry = found.source === "registry" || linked && registryId !== undefined && !copy;
  if (isRegistry && registryId !== undefined && version !== undefined) {
    return {
      pack: { ...pack, reference: `${registryId}@${version}` },
      source: "registry",
      origin: registryId,
      version,
      certainty: "exact",
      message: "Its own marks name the registry's id and version",
    };
  }
  return fromElsewhere(pack, { registryId, version, isRepository: copy !== undefined }, snapshot);
}

function judge(
  changed: readonly string[] | undefined,
): { readonly certainty: Certainty; readonly message: string } {
  if (!changed) {
    return {
      certainty: "guessed",
      message: "git cannot tell whether its files are those of the commit",
    };
  }
  const [first] = changed;
  return first === undefined
    ? { certainty: "exact", message: "git knows its address and commit, and no file differs" }
    : {
      certainty: "exact",
      message: `It has local changes, which come along: ${first}${
        changed.length > 1 ? ` and ${changed.length - 1} more` : ""
      }`,
    };
}

interface Marks {
  readonly registryId?: string;
  readonly version?: string;
  readonly isRepository: boolean;
}

function fromElsewhere(
  pack: TakenPack & { readonly directory: string },
  { registryId, version, isRepository }: Marks,
  snapshot: ManagerSnapshot | undefined,
): FoundPack {
  const noted = snapshot?.packs.find(({ subject }) =>
    foldDirectory(nameIn(subject)) === foldDirectory(pack.directory)
  );
  if (noted) {
    const { reference, git } = noted;
    return {
      pack: { ...pack, reference, git },
      source: git ? "git" : "registry",
      origin: noted.subject,
      version: git ? undefined : reference?.split("@").at(-1),
      commit: git ? reference?.split("@").at(-1) : undefined,
      certainty: "guessed",
      message: "Only the snapshot beside it says where it comes from",
    };
  }
  if (registryId !== undefined && version !== undefined) {
    return {
      pack: { ...pack, reference: `${registryId}@${version}` },
      source: "registry",
      origin: registryId,
      version,
      certainty: "guessed",
      message:
        "Its pyproject.toml is written for the registry, but nothing says that it came from there",
    };
  }
  return {
    pack,
    source: "unknown",
    certainty: "unknown",
    message: isRepository
      ? "It is a repository without an address; its files are taken as they are"
      : "Nothing says where it comes from; its files are taken as they are",
  };
}

/** The name of a directory that an id or an address would get. */
function nameIn(subject: string): string {
  return basename(subject.replace(/\/+$/, "")).replace(/\.git$/i, "");
}
