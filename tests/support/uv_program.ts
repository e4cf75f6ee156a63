import { delimiter, dirname, join } from "node:path";
import { createRunner, findUv, provideUv, readUvPin } from "../../src/tools/mod.ts";
import { cacheDirectory } from "./built_binary.ts";
import { pythonProgram } from "./python_program.ts";

const directory = join(cacheDirectory, "uv");

let found: Promise<string> | undefined;

/**
 * The absolute path of a real uv that is new enough: the one on PATH or beside Python, else the pinned one, fetched
 * once and kept between runs.
 *
 * A version manager's wrapper is passed over: it costs half a second a call, and looks at the directory it runs in.
 *
 * @throws `UV_MISSING` with the reasons
 */
export function uvProgram(): Promise<string> {
  return found ??= provide();
}

async function provide(): Promise<string> {
  const runner = createRunner({ env: Deno.env.toObject() });
  const pin = await readUvPin();
  const on = (PATH: string) => ({ env: { PATH }, directory, pin });
  const places = (Deno.env.get("PATH") ?? "").split(delimiter);
  for (const place of [...places, dirname(await pythonProgram())]) {
    if (await isScript(join(place, "uv"))) continue;
    const { found } = await findUv(runner, on(place));
    if (found?.origin === "path") return found.program;
  }
  return (await provideUv(runner, on(""))).program;
}

async function isScript(path: string): Promise<boolean> {
  try {
    using file = await Deno.open(path);
    const start = new Uint8Array(2);
    await file.read(start);
    return new TextDecoder().decode(start) === "#!";
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) {
      return false;
    }
    throw error;
  }
}
