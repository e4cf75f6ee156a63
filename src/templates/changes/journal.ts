import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import {
  baseErrors,
  ComfydockError,
  invalidData,
  isKind,
  parseJsonText,
  readList,
  readRecord,
  readText,
  readTextBounded,
  removeIfThere,
  writeFileAtomic,
} from "../../base/mod.ts";
import { privateDirectory } from "../digests/mod.ts";
import { templateErrors } from "../errors.ts";
import { isInnerPath } from "../repository/mod.ts";

/** One file to be swapped. Paths are below the root, with forward slashes. */
export interface JournalStep {
  readonly path: string;
  /** The new content, beside the file; absent where the file is to go. */
  readonly staged?: string;
  /** SHA-256 of what the file holds until then; absent where there is none. */
  readonly before?: string;
}

/** What is written down before files are swapped, so that whoever comes after a killed process can go on. */
export interface ChangeJournal {
  /** `staging` until all new contents are on disk; from then on the changes hold. */
  readonly phase: "staging" | "swapping";
  /** Directories that did not exist, outermost first. */
  readonly made: readonly string[];
  readonly steps: readonly JournalStep[];
}

const MAX_BYTES = 16 * 1024 ** 2;
const FORMAT = 1;
/** In directories that are not the top of a repository of git; gone when the changes are done. */
const BESIDE = ".comfydock-changes.json";

/** Where the journal of a directory stands. */
export async function journalFile(root: string): Promise<string> {
  const own = await privateDirectory(root);
  return own === undefined ? join(root, BESIDE) : join(own, "changes.json");
}

/**
 * What processes lock that change files below a directory. It has to stay, and so is not among the user's files: without
 * git one file guards all directories that a user changes.
 */
export async function lockFile(root: string): Promise<string> {
  const own = await privateDirectory(root);
  return own === undefined
    ? join(tmpdir(), `comfydock-changes-${Deno.uid() ?? "user"}.lock`)
    : join(own, "changes.lock");
}

/** Writes the journal, or another in its place. */
export async function writeJournal(file: string, journal: ChangeJournal): Promise<void> {
  await writeFileAtomic(file, JSON.stringify({ format: FORMAT, ...journal }));
}

/**
 * Reads the journal; nothing where no changes are under way.
 *
 * @throws `E_BAD_JOURNAL`
 */
export async function readJournal(file: string): Promise<ChangeJournal | undefined> {
  let text: string;
  try {
    text = await readTextBounded(file, MAX_BYTES);
  } catch (error) {
    if (isKind(error, baseErrors.FILE_NOT_FOUND)) return undefined;
    throw error;
  }
  try {
    return parseJournal(text);
  } catch (cause) {
    throw new ComfydockError(
      templateErrors.E_BAD_JOURNAL,
      `Cannot go on with changes that were interrupted: "${file}" is no journal of them`,
      { hint: "Look at `git status`, then move the file away", details: { path: file }, cause },
    );
  }
}

/** Ends the changes: nobody goes on with them any more. */
export async function removeJournal(file: string): Promise<void> {
  await removeIfThere(file);
}

function parseJournal(text: string): ChangeJournal {
  const { format, phase, made, steps } = readRecord(parseJsonText(text, "$"), "$");
  if (format !== FORMAT) throw invalidData("$.format", `${FORMAT}`, format);
  if (phase !== "staging" && phase !== "swapping") throw invalidData("$.phase", "a phase", phase);
  return {
    phase,
    made: readList(made, "$.made").map((path, at) => readPath(path, `$.made[${at}]`)),
    steps: readList(steps, "$.steps").map((step, at) => readStep(step, `$.steps[${at}]`)),
  };
}

function readStep(value: unknown, place: string): JournalStep {
  const { path: target, staged, before } = readRecord(value, place);
  const path = readPath(target, `${place}.path`);
  if (staged !== undefined) {
    const beside = readPath(staged, `${place}.staged`);
    // Whatever a journal says, only what stands beside a file as its new content is put in its place.
    if (dirname(beside) !== dirname(path) || !/(?:^|\/)\.[^/]+\.tmp$/.test(beside)) {
      throw invalidData(`${place}.staged`, `a temporary file beside "${path}"`, staged);
    }
    return { path, staged: beside, before: readDigest(before, `${place}.before`) };
  }
  return { path, before: readDigest(before, `${place}.before`) };
}

function readDigest(value: unknown, place: string): string | undefined {
  return value === undefined ? undefined : readText(value, place, 64);
}

function readPath(value: unknown, place: string): string {
  const path = readText(value, place);
  if (!isInnerPath(path)) throw invalidData(place, "a path below the root", path);
  return path;
}
