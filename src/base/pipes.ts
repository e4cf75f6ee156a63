import { resolve } from "node:path";
import { baseErrors, ComfydockError } from "./errors.ts";

/** What a shell's `<(…)` and redirections are named: they are open already, and someone writes into them. */
const OPEN_ALREADY = /^\/(?:dev\/(?:stdin|fd\/\d+)|proc\/(?:self|\d+)\/fd\/\d+)$/;

/**
 * Refuses a named pipe: opening one waits until someone writes into it, and nothing can end that wait.
 *
 * @param path What is about to be opened; `/dev/stdin` and `/dev/fd/N` pass, because nothing has to be waited for.
 * @param info What stands there, links followed.
 * @throws `FILE_UNREADABLE`; what the runtime throws when nothing stands there
 */
export function refuseNamedPipe(path: string, info: Deno.FileInfo = Deno.statSync(path)): void {
  if (!info.isFifo || OPEN_ALREADY.test(resolve(path))) return;
  throw unreadable(path, "it is a named pipe, which only answers while someone writes into it");
}

/**
 * Refuses pipes and devices where a file is read at more than one place.
 *
 * @param path What is about to be opened.
 * @throws `FILE_UNREADABLE`; what the runtime throws when nothing stands there
 */
export function refusePipe(path: string): void {
  const { isFile, isDirectory } = Deno.statSync(path);
  if (isFile || isDirectory) return;
  throw unreadable(path, "it is a pipe or a device, which can be read only from front to back");
}

function unreadable(path: string, why: string): ComfydockError {
  return new ComfydockError(baseErrors.FILE_UNREADABLE, `Cannot read "${path}": ${why}`, {
    hint: "Write the content into a file, and name that file",
    details: { path },
  });
}
