import { baseErrors, type Clock, fileError, isKind, systemClock } from "../../base/mod.ts";
import { modelErrors } from "../errors.ts";
import { toProblem } from "../faults.ts";
import { readModelFormat } from "../formats/mod.ts";
import { hashFiles } from "../hashing/mod.ts";
import type { FileContent } from "../index/mod.ts";
import type { ModelFormat, ModelProblem } from "../types.ts";
import type { FoundFile, ScanOptions } from "./types.ts";
import { placeOf } from "./walk.ts";

/** A file that was read: what it is, or why it is not taken. */
export type ReadFile =
  | { readonly file: FoundFile; readonly content: FileContent }
  | { readonly file: FoundFile; readonly problem: ModelProblem };

/** A file written so short a time ago may be written again without a sign of it in its time, in milliseconds. */
const TICK_MS = 20;

/**
 * Reads files: first their headers, then all of those that are models.
 *
 * A file that is written meanwhile is a problem, not a wrong digest.
 *
 * @returns Each file once, in no particular order.
 * @throws `INTERRUPTED`
 */
export async function* hashNew(
  files: readonly FoundFile[],
  { sha256, report, clock = systemClock, signal }: ScanOptions,
): AsyncGenerator<ReadFile> {
  const looked = new Map<string, { readonly file: FoundFile; readonly format: ModelFormat }>();
  const refused: ReadFile[] = [];
  async function* readable(): AsyncGenerator<string> {
    for (const found of files) {
      try {
        const file = { ...found, ...await settled(found.path, clock) };
        looked.set(file.path, { file, format: await readModelFormat(file.path) });
        yield file.path;
      } catch (error) {
        refused.push({ file: found, problem: asProblem(found.path, error) });
      }
    }
  }
  const onBytes = (by: number) => report.emit({ kind: "advanced", id: "hash", by });
  for await (const result of hashFiles(readable(), { sha256, signal, onBytes })) {
    yield* refused.splice(0);
    const { file, format } = looked.get(result.path)!;
    looked.delete(result.path);
    if ("code" in result) yield { file, problem: result };
    else if (isStill(file)) yield { file, content: { ...result, format } };
    else yield { file, problem: changed(file.path) };
  }
  yield* refused;
}

function asProblem(path: string, error: unknown): ModelProblem {
  // It was there when the walk came by.
  const vanished = error instanceof Deno.errors.NotFound ||
    isKind(error, baseErrors.FILE_NOT_FOUND);
  return vanished ? changed(path) : toProblem(path, fileError("Cannot read", path, error));
}

/** What the file is now, as soon as its time can be trusted. */
async function settled(path: string, clock: Clock) {
  const info = Deno.statSync(path);
  const age = clock.now() - (info.mtime?.getTime() ?? 0);
  if (age < 0 || age >= TICK_MS) return placeOf(info);
  await clock.sleep(TICK_MS - age);
  return placeOf(Deno.statSync(path));
}

function isStill(file: FoundFile): boolean {
  try {
    const now = placeOf(Deno.statSync(file.path));
    return now.size === file.size && now.mtimeNs === file.mtimeNs && now.inode === file.inode;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

function changed(path: string): ModelProblem {
  const message = `Cannot hash "${path}": it was written or removed meanwhile`;
  return { code: modelErrors.MODEL_CHANGED.code, message, path };
}
