import { throwIfAborted } from "../../base/mod.ts";
import { toProblem } from "../faults.ts";
import type { FileDigest, ModelProblem } from "../types.ts";
import { hashOutcomes } from "./outcomes.ts";
import type { HashOptions } from "./types.ts";

/**
 * Computes the digests of files, several at once, each from one read.
 *
 * Few bytes are hashed in the calling thread. For more there are Workers, which end with the work: each takes a file of
 * its own, and helps with a large one when no other waits. Memory does not grow with the size of the files.
 *
 * @param paths Regular files or links to such; pulled as Workers become free.
 * @returns A digest or a problem for each, as they come. A file that changes, grows, shrinks or vanishes meanwhile is a
 * problem (`MODEL_CHANGED`), as is one that is not regular (`MODEL_NOT_A_FILE`) or not readable.
 * @throws `INTERRUPTED`, out of the iteration.
 */
export async function* hashFiles(
  paths: Iterable<string> | AsyncIterable<string>,
  options: HashOptions = {},
): AsyncGenerator<FileDigest | ModelProblem> {
  throwIfAborted(options.signal);
  for await (const outcome of hashOutcomes(paths, options)) {
    yield "digest" in outcome ? outcome.digest : toProblem(outcome.path, outcome.error);
  }
}

/**
 * Computes the digests of a file; a large one is shared among Workers.
 *
 * @throws `FILE_NOT_FOUND`, `FILE_UNREADABLE`, `MODEL_NOT_A_FILE`, `MODEL_CHANGED`, `INTERRUPTED`
 */
export async function hashFile(path: string, options: HashOptions = {}): Promise<FileDigest> {
  throwIfAborted(options.signal);
  for await (const outcome of hashOutcomes([path], options)) {
    if ("error" in outcome) throw outcome.error;
    return outcome.digest;
  }
  throw new Error("unreachable");
}
