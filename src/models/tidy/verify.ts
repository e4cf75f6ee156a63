import { ComfydockError, fileError, type Reporter, throwIfAborted } from "../../base/mod.ts";
import { modelErrors } from "../errors.ts";
import { toProblem } from "../faults.ts";
import { readModelFormat } from "../formats/mod.ts";
import { hashFiles } from "../hashing/mod.ts";
import { locationPath, type ModelIndex } from "../index/mod.ts";
import { placeOf } from "../scan/mod.ts";
import type { ModelLocation, ModelProblem } from "../types.ts";

/** How the index is verified. */
export interface VerifyOptions {
  /** Reads all bytes, and not only headers. */
  readonly full?: boolean;
  readonly report: Reporter;
  readonly signal?: AbortSignal;
}

/** What verifying found. */
export interface VerifyReport {
  /** Files that were looked at. */
  readonly checked: number;
  /** Of those files. */
  readonly bytes: number;
  readonly problems: readonly ModelProblem[];
}

interface Place {
  readonly path: string;
  readonly blake3: string;
  readonly location: ModelLocation;
}

/**
 * Checks the index and every file in it: still there, unchanged, with a sound header, and, where asked, every byte.
 *
 * @throws `MODEL_INDEX_DAMAGED`, `INTERRUPTED`
 */
export async function verifyModels(
  index: ModelIndex,
  { full = false, report, signal }: VerifyOptions,
): Promise<VerifyReport> {
  const [fault] = index.check();
  if (fault !== undefined) {
    throw new ComfydockError(
      modelErrors.MODEL_INDEX_DAMAGED,
      `Cannot trust the model index "${index.path}": ${fault}`,
      { hint: "Run comfydock model scan, which builds it anew", details: { path: index.path } },
    );
  }
  const places = index.models().flatMap(({ blake3, locations }) =>
    locations.map((location) => ({ path: locationPath(location), blake3, location }))
  );
  const problems: ModelProblem[] = [];
  const sound: Place[] = [];
  for (const place of places) {
    throwIfAborted(signal);
    const problem = await problemOf(place);
    if (problem) problems.push(problem);
    else sound.push(place);
  }
  if (full) problems.push(...await compareBytes(sound, report, signal));
  const bytes = sound.reduce((sum, { location }) => sum + location.size, 0);
  return { checked: places.length, bytes, problems };
}

async function problemOf({ path, location }: Place): Promise<ModelProblem | undefined> {
  try {
    const now = placeOf(Deno.statSync(path));
    if (now.size !== location.size || now.mtimeNs !== location.mtimeNs) {
      const message = `"${path}" was written since the last scan; comfydock model scan takes it in`;
      return { code: modelErrors.MODEL_CHANGED.code, message, path };
    }
    await readModelFormat(path);
    return undefined;
  } catch (error) {
    return toProblem(path, fileError("Cannot verify", path, error));
  }
}

async function compareBytes(
  places: readonly Place[],
  report: Reporter,
  signal?: AbortSignal,
): Promise<readonly ModelProblem[]> {
  const problems: ModelProblem[] = [];
  // Several names of one file are read once.
  const files = new Map(places.map((place) => [place.location.inode ?? place.path, place]));
  const byPath = new Map([...files.values()].map((place) => [place.path, place]));
  const total = [...files.values()].reduce((sum, { location }) => sum + location.size, 0);
  report.emit({ kind: "started", id: "verify", label: "Reading models", total, unit: "bytes" });
  const onBytes = (by: number) => report.emit({ kind: "advanced", id: "verify", by });
  for await (const result of hashFiles(byPath.keys(), { signal, onBytes })) {
    const expected = byPath.get(result.path)!.blake3;
    if ("code" in result) problems.push(result);
    else if (result.blake3 !== expected) {
      problems.push(rotten(result.path, expected, result.blake3));
    }
  }
  report.emit({ kind: "finished", id: "verify" });
  return problems;
}

function rotten(path: string, expected: string, found: string): ModelProblem {
  const message =
    `"${path}" has other bytes than when it was scanned, though its time and size are ` +
    `the same: BLAKE3 ${found.slice(0, 12)} instead of ${expected.slice(0, 12)}; fetch it again`;
  return { code: modelErrors.MODEL_CHANGED.code, message, path };
}
