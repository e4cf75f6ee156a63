/** Test files that run one after the other in one process. */
export type TestBatch = readonly string[];

/** What shares one built binary, and takes longest. */
const TOGETHER = /^tests\/binary\//;

/** What takes long: a process for each file, and before all that is short, so that none is left over at the end. */
const LONG = /^tests\/(?:flows|action|adoption)\/|_kill_test\.ts$|_runs?_test\.ts$/;

/** Of the rest, what works on whole environments comes first. */
const HEAVIER = /^tests\/environment\//;

const FILES_IN_BATCH = 3;

/**
 * Parts the tests into processes that stay small: to start a program, Deno forks, and what that costs grows with the
 * memory of the process. One that runs all files spends a fifth of its time on it.
 *
 * @param paths Test files below the project, with forward slashes.
 * @returns Every file once; what takes long stands first.
 */
export function planBatches(paths: readonly string[]): readonly TestBatch[] {
  const together = paths.filter((path) => TOGETHER.test(path));
  const others = paths.filter((path) => !TOGETHER.test(path));
  const long = others.filter((path) => LONG.test(path));
  const short = others.filter((path) => !LONG.test(path));
  const ordered = [
    ...short.filter((path) => HEAVIER.test(path)),
    ...short.filter((path) => !HEAVIER.test(path)),
  ];
  const batches = [together, ...long.map((path) => [path])];
  for (let at = 0; at < ordered.length; at += FILES_IN_BATCH) {
    batches.push(ordered.slice(at, at + FILES_IN_BATCH));
  }
  return batches.filter(({ length }) => length > 0);
}
