import { ComfydockError, sha256OfText } from "../../base/mod.ts";
import { templateErrors } from "../errors.ts";
import { isRecord } from "../repository/mod.ts";
import type { EditSession } from "./session.ts";
import { type Splice, undoSplices } from "./splices.ts";

/** How the file of a repository was changed when a template went to the archive. */
export interface RecordedFile {
  readonly file: string;
  /** Of the text afterwards; when it still is the one, the change can be taken back to the byte. */
  readonly sha256: string;
  /** Absent for a file that was made then. */
  readonly splices?: readonly Splice[];
}

/** What the archive remembers of a template. */
export interface ArchiveRecord {
  readonly id: string;
  /** Absent where the template was in none. */
  readonly bundle?: string;
  readonly files: readonly RecordedFile[];
}

/**
 * Takes recorded changes back where every file is as they left it.
 *
 * @returns False, and nothing is changed, where a file was changed since.
 */
export async function undoRecord(
  session: EditSession,
  { files }: ArchiveRecord,
): Promise<boolean> {
  const texts = new Map<string, string>();
  for (const { file, sha256 } of files) {
    const text = await session.text(file);
    if (text === undefined || await sha256OfText(text) !== sha256) return false;
    texts.set(file, text);
  }
  for (const { file, splices } of files) {
    if (!splices) {
      await session.remove(file);
      continue;
    }
    await session.replace(file, undoSplices(texts.get(file) ?? "", splices));
  }
  return true;
}

/** Prints a record. */
export function recordText(record: ArchiveRecord): string {
  return `${JSON.stringify(record, null, 2)}\n`;
}

/**
 * Reads a record.
 *
 * @param file Where it stands, for messages.
 * @param allowed The files that archiving touches; no record may change others.
 * @throws `E_BAD_ARCHIVE`
 */
export function parseRecord(
  text: string,
  file: string,
  allowed: ReadonlySet<string>,
): ArchiveRecord {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw badRecord(file, "it is not JSON", cause);
  }
  if (!isRecord(value) || typeof value.id !== "string" || !Array.isArray(value.files)) {
    throw badRecord(file, "it has no id, or no list of files");
  }
  const { id, bundle } = value;
  return {
    id,
    ...typeof bundle === "string" && { bundle },
    files: value.files.map((one): RecordedFile => {
      if (!isRecord(one) || typeof one.file !== "string" || typeof one.sha256 !== "string") {
        throw badRecord(file, "one of its files has no name, or no digest");
      }
      if (!allowed.has(one.file)) {
        throw badRecord(file, `"${one.file}" is none of the files that name templates`);
      }
      const splices = Array.isArray(one.splices)
        ? one.splices.map((splice) => parseSplice(splice, file))
        : undefined;
      return { file: one.file, sha256: one.sha256, ...splices && { splices } };
    }),
  };
}

function parseSplice(value: unknown, file: string): Splice {
  if (isRecord(value)) {
    const { at, removed, added } = value;
    if (isCount(at) && typeof removed === "string" && isCount(added)) return { at, removed, added };
  }
  throw badRecord(file, "one of its changes is incomplete");
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

function badRecord(file: string, why: string, cause?: unknown): ComfydockError {
  return new ComfydockError(
    templateErrors.E_BAD_ARCHIVE,
    `Cannot restore with "${file}": ${why}`,
    { hint: "Take the file back from git, or remove it to restore without it", cause },
  );
}
