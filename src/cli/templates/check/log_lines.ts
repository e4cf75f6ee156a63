import { fileError, refuseNamedPipe } from "../../../base/mod.ts";

const MAX_LINE = 1024 ** 2;

/** The lines of a text file, one after the other; what is longer than a line can be is cut. */
export async function* readLines(path: string): AsyncGenerator<string> {
  let rest = "";
  try {
    refuseNamedPipe(path);
    using file = await Deno.open(path);
    for await (const text of file.readable.pipeThrough(new TextDecoderStream())) {
      const lines = (rest + text).split("\n");
      rest = (lines.pop() ?? "").slice(-MAX_LINE);
      yield* lines;
    }
  } catch (error) {
    throw fileError("Cannot read", path, error);
  }
  if (rest !== "") yield rest;
}
