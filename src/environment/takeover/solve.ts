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
import { blamedNames, blamedPins, type Pin, toConstraint } from "./pins.ts";

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
const MOST_READMITTED = 12;

/** Makes a trial out of uv, in a scratch directory. */
export function trialOf(uv: Uv, directory: string, python: string): Resolve {
  return (manifest, lock) => uv.tryResolution({ directory, manifest, lock, python });
}

/**
 * Finds a lock in which as many packages as possible have the versions that they had.
 *
 * What uv names as the reason of a conflict gives way first: versions, then packages that nobody else asks for, then what
 * a node pack asks for. An install that grew by pip may hold what excludes each other by the word of its own packages, and
 * works nevertheless.
 *
 * @throws what uv finds where nothing that could give way is left
 */
export async function solve(puzzle: Puzzle, resolve: Resolve): Promise<Solution> {
  const plain = await settle({ ...puzzle, requested: [] }, resolve);
  const requested = missingIn(readLockPackages(plain.lockText), puzzle.requested);
  if (requested.length === 0) return plain;
  const { manifestText } = plain;
  const packs = puzzle.packs.filter((id) => !plain.muted.includes(id));
  try {
    const more = await settle({ ...puzzle, manifestText, packs, requested }, resolve);
    return { ...more, muted: [...plain.muted, ...more.muted] };
  } catch (error) {
    // What nobody needs does not stand in the way of the rest.
    if (!givesWay(error)) throw error;
    return plain;
  }
}

async function settle(puzzle: Puzzle, resolve: Resolve): Promise<Solution> {
  let { manifestText: text, pins, requested } = puzzle;
  const muted: string[] = [];
  for (let trial = 1;; trial++) {
    const manifestText = withRequested(text, requested);
    try {
      const first = await resolve(withPins(manifestText, pins));
      const dropped = without(puzzle.pins, pins).slice(0, MOST_READMITTED);
      const best = await readmit(manifestText, { lockText: first, pins }, dropped, resolve);
      const lockText = best.pins.length === 0 ? first : await resolve(manifestText, best.lockText);
      return { manifestText, lockText, muted };
    } catch (error) {
      if (!givesWay(error) || trial > MOST_TRIALS) throw error;
      const words = error instanceof ProcessError ? error.end.stderr : error.message;
      const blamed = blamedPins(pins, words);
      const unwanted = blamedNames(requested, words);
      const loud = blamedPack(text, puzzle.packs, words);
      if (blamed.length > 0) pins = without(pins, blamed);
      else if (unwanted.length > 0) requested = without(requested, unwanted);
      else if (loud !== undefined) {
        text = editManifest(text, [removeGroup(nodeGroupName(loud))], MANIFEST);
        muted.push(loud);
      } else if (pins.length > 0) pins = [];
      else throw error;
    }
  }
}

interface Pinned {
  readonly lockText: string;
  readonly pins: readonly Pin[];
}

/** Of several versions that were blamed together, one alone was often to blame; the others come back. */
async function readmit(
  manifestText: string,
  found: Pinned,
  dropped: readonly Pin[],
  resolve: Resolve,
): Promise<Pinned> {
  let best = found;
  for (const pin of dropped) {
    const pins = [...best.pins, pin];
    try {
      best = { lockText: await resolve(withPins(manifestText, pins)), pins };
    } catch (error) {
      if (!givesWay(error)) throw error;
    }
  }
  return best;
}

function withRequested(manifestText: string, requested: readonly Pin[]): string {
  return editManifest(manifestText, requested.map(({ name }) => addDependency(name)), MANIFEST);
}

function withPins(manifestText: string, pins: readonly Pin[]): string {
  return editManifest(manifestText, pins.map((pin) => addConstraint(toConstraint(pin))), MANIFEST);
}

function without(pins: readonly Pin[], others: readonly Pin[]): readonly Pin[] {
  return pins.filter((pin) => !others.includes(pin));
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
