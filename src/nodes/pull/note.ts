import {
  baseErrors,
  exists,
  isKind,
  optional,
  parseJsonText,
  readNumber,
  readRecord,
  readText,
  readTextBounded,
  writeFileAtomic,
} from "../../base/mod.ts";
import type { Pulled } from "./types.ts";

/** What a pull notes beside its file, so that the next one fetches only what has changed. */
export interface PullNote extends Omit<Pulled, "changed"> {
  readonly etag?: string;
}

const MAX_BYTES = 1 << 16;

/** Where the note of a file lies. */
function notePath(target: string): string {
  return `${target}.source.json`;
}

/** Reads the note of a file; nothing when there is none, when it cannot be read, or when the file is gone. */
export async function readNote(target: string): Promise<PullNote | undefined> {
  const path = notePath(target);
  if (!await exists(target) || !await exists(path)) return undefined;
  try {
    const record = readRecord(parseJsonText(await readTextBounded(path, MAX_BYTES), "$"), "$");
    return {
      source: readText(record.source, "$.source"),
      sha256: readText(record.sha256, "$.sha256"),
      verified: record.verified === "published" ? "published" : "none",
      generated_at: readText(record.generated_at, "$.generated_at"),
      packages: readNumber(record.packages, "$.packages"),
      signatures: readNumber(record.signatures, "$.signatures"),
      etag: optional(record.etag, "$.etag", readText),
    };
  } catch (error) {
    // Without it the file is fetched whole, which is no loss.
    if (!isKind(error, baseErrors.DATA_INVALID)) throw error;
    return undefined;
  }
}

/** Writes the note of a file. */
export async function writeNote(target: string, note: PullNote): Promise<void> {
  await writeFileAtomic(notePath(target), `${JSON.stringify(note)}\n`);
}
