import { join } from "node:path";
import {
  baseErrors,
  ComfydockError,
  invalidData,
  isKind,
  optional,
  readBoolean,
  readList,
  readRecord,
  readText,
  readTextBounded,
  writeFileAtomic,
} from "../../base/mod.ts";
import { readFiles } from "../building/mod.ts";
import { templateErrors } from "../errors.ts";
import { isInnerPath } from "../repository/mod.ts";
import type { JournalEntry, PublishJournal, UploadState } from "./types.ts";

/** Name of the journal at the root of a repository. */
export const JOURNAL_FILE = ".publish-journal.json";

const LARGEST = 16 * 1024 ** 2;
const LARGEST_TEXT = 1024 ** 2;
const STATES: readonly UploadState[] = ["pending", "uploading", "done", "skipped"];

/**
 * Reads the journal of a publication; nothing where there is none.
 *
 * @throws `E_JOURNAL`
 */
export async function readJournal(root: string): Promise<PublishJournal | undefined> {
  const path = join(root, JOURNAL_FILE);
  try {
    const text = await readTextBounded(path, LARGEST);
    return parse(JSON.parse(text));
  } catch (cause) {
    if (isKind(cause, baseErrors.FILE_NOT_FOUND)) return undefined;
    throw new ComfydockError(
      templateErrors.E_JOURNAL,
      `Cannot read the journal of the publication "${path}"`,
      { hint: "Check what the index has, then remove the file", cause },
    );
  }
}

/** Writes the journal. */
export async function writeJournal(root: string, journal: PublishJournal): Promise<void> {
  await writeFileAtomic(join(root, JOURNAL_FILE), `${JSON.stringify(journal, null, 2)}\n`);
}

function parse(value: unknown): PublishJournal {
  const root = readRecord(value, "$");
  return {
    dist: readText(root.dist, "$.dist"),
    channel: optional(root.channel, "$.channel", readText),
    publishUrl: optional(root.publishUrl, "$.publishUrl", readText),
    checkUrl: optional(root.checkUrl, "$.checkUrl", readText),
    pins: readList(root.pins, "$.pins").map((one, at) => readText(one, `$.pins[${at}]`)),
    packages: readList(root.packages, "$.packages").map((one, at) =>
      parseEntry(one, `$.packages[${at}]`)
    ),
    complete: readBoolean(root.complete, "$.complete"),
    takenBack: optional(root.takenBack, "$.takenBack", readBoolean),
    changed: readList(root.changed, "$.changed").map((one, at) => {
      const path = `$.changed[${at}]`;
      const record = readRecord(one, path);
      const file = readText(record.path, `${path}.path`);
      // Taking a release back writes there.
      if (!isInnerPath(file)) throw invalidData(`${path}.path`, "a path in the repository", file);
      return {
        path: file,
        before: readText(record.before, `${path}.before`, LARGEST_TEXT),
        after: readText(record.after, `${path}.after`, LARGEST_TEXT),
      };
    }),
  };
}

function parseEntry(value: unknown, path: string): JournalEntry {
  const record = readRecord(value, path);
  const state = STATES.find((one) => one === record.state);
  return {
    id: readText(record.id, `${path}.id`),
    name: readText(record.name, `${path}.name`),
    version: readText(record.version, `${path}.version`),
    state: state ?? "pending",
    files: readFiles(record.files, `${path}.files`),
  };
}
