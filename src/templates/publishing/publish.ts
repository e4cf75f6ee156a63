import { join, resolve } from "node:path";
import {
  type Clock,
  ComfydockError,
  exists,
  type Reporter,
  silentReporter,
  systemClock,
  throwIfAborted,
} from "../../base/mod.ts";
import type { PackageIndex } from "../../tools/mod.ts";
import { templateErrors } from "../errors.ts";
import { digestOf } from "../wheels/mod.ts";
import { writeJournal } from "./journal.ts";
import { isOpen } from "./start_journal.ts";
import type { JournalEntry, PublishJournal, UploadState } from "./types.ts";

/** What publishing works with. */
export interface PublishWorld {
  /** Absolute path of the repository. */
  readonly root: string;
  readonly index: PackageIndex;
  /** How long to wait until what was uploaded can be installed, in milliseconds. */
  readonly patienceMs: number;
  /** What helps when it fails; default to go on with `--resume`. */
  readonly hint?: string;
  readonly clock?: Clock;
  readonly report?: Reporter;
  readonly signal?: AbortSignal;
}

const PROGRESS = "publish";
const PAUSE_MS = 2_000;

/**
 * Uploads what the journal has as open: the packages in order, then, when each of its pins can be installed, the meta
 * package. The journal says at any time what is done, so that `--resume` goes on after a failure or a kill.
 *
 * @returns The journal as it is in the end.
 * @throws `E_UPLOAD`, `E_PIN_UNAVAILABLE`, `E_BUILD_FAILED` for a file that is not what was planned, `INTERRUPTED`
 */
export async function publish(
  world: PublishWorld,
  journal: PublishJournal,
): Promise<PublishJournal> {
  const { root, report = silentReporter, signal } = world;
  let current = journal;
  const save = async (change: Partial<PublishJournal>) => {
    current = { ...current, ...change };
    await writeJournal(root, current);
  };
  const mark = (id: string, state: UploadState) =>
    save({ packages: current.packages.map((one) => one.id === id ? { ...one, state } : one) });
  await save({});
  const open = journal.packages.filter(isOpen);
  const total = open.length;
  report.emit({ kind: "started", id: PROGRESS, label: "Publishing", total, unit: "items" });
  try {
    for (const entry of open) {
      throwIfAborted(signal);
      if (entry.id === "meta") await provePins(world, journal.pins, current);
      const files = await requireFiles(resolve(root, journal.dist), entry);
      await mark(entry.id, "uploading");
      await upload(world, files, entry, () => current);
      await mark(entry.id, "done");
      report.emit({ kind: "advanced", id: PROGRESS, by: 1 });
    }
    await save({ complete: true });
    return current;
  } finally {
    report.emit({ kind: "finished", id: PROGRESS });
  }
}

async function upload(
  { index, hint = RESUME }: PublishWorld,
  files: readonly string[],
  entry: JournalEntry,
  journal: () => PublishJournal,
): Promise<void> {
  try {
    await index.upload(files);
  } catch (cause) {
    throw new ComfydockError(
      templateErrors.E_UPLOAD,
      `Cannot upload ${entry.name} ${entry.version}: ${whyRefused(cause)}`,
      { hint, details: progressOf(journal()), cause },
    );
  }
}

/** What the index said, where uv tells it. */
function whyRefused(cause: unknown): string {
  const said = cause instanceof ComfydockError ? cause.details.stderr : undefined;
  const last = Array.isArray(said)
    ? said.findLast((line) => /^\s*(?:cause|error): /.test(line))
    : "";
  if (last) return String(last).trim().replace(/^(?:cause|error): /, "").replace(/\.$/, "");
  return cause instanceof Error ? cause.message : String(cause);
}

const RESUME =
  "Put the cause right, then run `comfydock templates packages publish --resume --yes`";

function progressOf({ packages }: PublishJournal): Readonly<Record<string, readonly string[]>> {
  const named = (list: readonly JournalEntry[]) =>
    list.map(({ name, version }) => `${name} ${version}`);
  return {
    done: named(packages.filter(({ state }) => state === "done")),
    pending: named(packages.filter(isOpen)),
  };
}

/** An index may need a while until it gives out what it took. */
async function provePins(
  { index, patienceMs, hint = RESUME, clock = systemClock, signal }: PublishWorld,
  pins: readonly string[],
  journal: PublishJournal,
): Promise<void> {
  if (pins.length === 0) return;
  const until = clock.now() + patienceMs;
  for (;;) {
    const why = await index.whyMissing(pins);
    if (why === undefined) return;
    if (clock.now() + PAUSE_MS > until) {
      throw new ComfydockError(
        templateErrors.E_PIN_UNAVAILABLE,
        `Cannot upload the meta package: what it pins cannot be installed: ${why}`,
        { hint, details: progressOf(journal) },
      );
    }
    await clock.sleep(PAUSE_MS, signal);
  }
}

async function requireFiles(dist: string, entry: JournalEntry): Promise<readonly string[]> {
  for (const { file, sha256 } of entry.files) {
    const path = join(dist, file);
    if (await exists(path) && await digestOf(path) === sha256) continue;
    throw new ComfydockError(
      templateErrors.E_BUILD_FAILED,
      `Cannot upload "${path}": it is not the file that was planned`,
      { hint: "Run `comfydock templates packages build`, then publish again" },
    );
  }
  return entry.files.map(({ file }) => join(dist, file));
}
