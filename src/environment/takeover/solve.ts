import { ComfydockError, ExitCode } from "../../base/mod.ts";
import {
  addConstraint,
  addDependency,
  editManifest,
  nodeGroupName,
  readManifest,
  removeGroup,
} from "../../pyproject/mod.ts";
import { ProcessError, type Uv } from "../../tools/mod.ts";
import { type LockPackages, readLockPackages } from "../venv/mod.ts";
import { blamedPins, type Pin, toConstraint } from "./pins.ts";

/** Packages that shall come out as they were, as far as they go together. */
export interface Puzzle {
  readonly manifestText: string;
  /** The versions that packages had. */
  readonly pins: readonly Pin[];
  /** Packages that people had asked for by name. */
  readonly requested: readonly Pin[];
  /** Ids of the node packs, those that give way first at the end. */
  readonly packs: readonly string[];
}

/** What came of it. */
export interface Solution {
  /** The pins are not in it: the lock alone keeps the versions. */
  readonly manifestText: string;
  readonly lockText: string;
  /** Ids of the packs whose requirements do not go with those of others, and were left out. */
  readonly muted: readonly string[];
}

/** Tries a manifest, and gives its lock. */
type Resolve = (manifestText: string, lockText?: string) => Promise<string>;

const MANIFEST = "pyproject.toml";
const MOST_TRIALS = 40;
const MOST_REQUESTED = 200;

/** Makes a trial out of uv, in a scratch directory. */
export function trialOf(uv: Uv, directory: string, python: string): Resolve {
  return (manifest, lock) => uv.tryResolution({ directory, manifest, lock, python });
}

/**
 * Finds a lock in which as many packages as possible have the versions that they had.
 *
 * What uv names as the reason of a conflict gives way first: versions, then what a node pack asks for. An install that
 * grew by pip may hold what excludes each other by the word of its own packages, and works nevertheless.
 *
 * @throws what uv finds where nothing that could give way is left
 */
export async function solve(puzzle: Puzzle, resolve: Resolve): Promise<Solution> {
  const plain = await settle(puzzle, resolve);
  const wanted = missingIn(readLockPackages(plain.lockText), puzzle.requested);
  if (wanted.length === 0) return plain;
  const manifestText = editManifest(
    plain.manifestText,
    wanted.map(({ name }) => addDependency(name)),
    MANIFEST,
  );
  try {
    const packs = puzzle.packs.filter((id) => !plain.muted.includes(id));
    const more = await settle({ ...puzzle, manifestText, packs }, resolve);
    return { ...more, muted: [...plain.muted, ...more.muted] };
  } catch (error) {
    // What nobody needs does not stand in the way of the rest.
    if (!givesWay(error)) throw error;
    return plain;
  }
}

async function settle({ manifestText, pins, packs }: Puzzle, resolve: Resolve): Promise<Solution> {
  let text = manifestText;
  let kept = pins;
  const muted: string[] = [];
  for (let trial = 1;; trial++) {
    try {
      const pinned = editManifest(
        text,
        kept.map((pin) => addConstraint(toConstraint(pin))),
        MANIFEST,
      );
      const first = await resolve(pinned);
      const lockText = kept.length === 0 ? first : await resolve(text, first);
      return { manifestText: text, lockText, muted };
    } catch (error) {
      if (!givesWay(error) || trial > MOST_TRIALS) throw error;
      const words = error instanceof ProcessError ? error.end.stderr : error.message;
      const blamed = new Set(blamedPins(kept, words));
      const loud = blamed.size > 0 ? undefined : blamedPack(text, packs, words);
      if (blamed.size > 0) kept = kept.filter((pin) => !blamed.has(pin));
      else if (loud !== undefined) {
        text = editManifest(text, [removeGroup(nodeGroupName(loud))], MANIFEST);
        muted.push(loud);
      } else if (kept.length > 0) kept = [];
      else throw error;
    }
  }
}

/** Whether another set of versions could help: a network that is away or a program that is missing is another matter. */
function givesWay(error: unknown): error is ComfydockError {
  const stops: readonly number[] = [
    ExitCode.interrupted,
    ExitCode.network,
    ExitCode.missingTool,
  ];
  return error instanceof ComfydockError && !stops.includes(error.exit);
}

function blamedPack(
  manifestText: string,
  packs: readonly string[],
  words: string,
): string | undefined {
  const { groups } = readManifest(manifestText, MANIFEST);
  const text = words.replace(/\s+/g, " ");
  return packs.findLast((id) => {
    const group = nodeGroupName(id);
    return Object.hasOwn(groups, group) &&
      new RegExp(`:${group.replace(/[^\w]/g, "\\$&")}(?![\\w-])`).test(text);
  });
}

function missingIn(locked: LockPackages, requested: readonly Pin[]): readonly Pin[] {
  return requested.filter(({ name }) => !locked.has(name)).slice(0, MOST_REQUESTED);
}
