import { join } from "node:path";
import { command, createRunner } from "../../../src/tools/mod.ts";
import { cacheDirectory } from "../built_binary.ts";
import { pythonProgram } from "../python_program.ts";
import { uvProgram } from "../uv_program.ts";

/** What judges wheels, serves an index, and builds with the packages' own backends; each version has its own cache. */
const TOOLS = [
  "build==1.6.1",
  "check-wheel-contents==0.6.3",
  "hatchling==1.33.0",
  "pip==26.3",
  "pypiserver==2.4.2",
  "setuptools==84.2.1",
  "twine==7.0.0",
];

/** A virtual environment with Python tools. */
export interface PythonTools {
  /** The path of a program in it. */
  program(name: string): string;
  /** Runs a program in it, and gives what it printed. */
  run(name: string, args: readonly string[], cwd?: string): Promise<string>;
}

const runner = createRunner({ env: Deno.env.toObject() });
let made: Promise<PythonTools> | undefined;

/** The tools, installed by uv once and kept between runs. */
export function pythonTools(): Promise<PythonTools> {
  return made ??= provide();
}

async function provide(): Promise<PythonTools> {
  const list = new TextEncoder().encode(TOOLS.join("\n"));
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", list)).toHex();
  const kept = join(cacheDirectory, `python-tools-${digest.slice(0, 12)}`);
  const there = await Deno.stat(join(kept, "complete")).then(() => true, () => false);
  if (!there) await install(kept);
  return toolsIn(kept);
}

// Scripts name their Python by its path, so that the environment is made where it stays.
async function install(directory: string): Promise<void> {
  await Deno.mkdir(cacheDirectory, { recursive: true });
  const uv = await uvProgram();
  const run = (...args: string[]) => runner.run(command({ program: uv, args }));
  await run(
    "venv",
    "--quiet",
    "--clear",
    "--no-project",
    "--python",
    await pythonProgram(),
    directory,
  );
  await run("pip", "install", "--quiet", "--python", programIn(directory, "python"), ...TOOLS);
  await Deno.writeTextFile(join(directory, "complete"), "");
}

/** Tools in a virtual environment that is there. */
export function toolsIn(directory: string): PythonTools {
  return {
    program: (name) => programIn(directory, name),
    async run(name, args, cwd) {
      const spec = command({ program: programIn(directory, name), args, cwd });
      const { stdout, stderr } = await runner.run(spec);
      return stdout + stderr;
    },
  };
}

function programIn(directory: string, name: string): string {
  return Deno.build.os === "windows"
    ? join(directory, "Scripts", `${name}.exe`)
    : join(directory, "bin", name);
}
