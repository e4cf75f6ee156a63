/**
 * Builds the one binary, with nothing to install beside it.
 *
 * What is compiled is a bundle in lazy parts and not the sources: packages that only tests need stay out,
 * and the program starts in half the time.
 *
 * `DENORT_BIN` names another runtime base, of the same version as the Deno that compiles.
 *
 * @example
 * ```sh
 * deno task compile --target aarch64-apple-darwin
 * ```
 *
 * @module
 */
import { dirname, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { ASSET_DIRECTORIES, assetPaths } from "./assets.ts";
import { PERMISSIONS } from "../src/cli/mod.ts";
import { projectRoot, runDeno } from "./run_deno.ts";
import { say } from "./terminal.ts";

/** What to build. */
export interface CompileOptions {
  /** The binary to write; on Windows `.exe` is added. */
  readonly output: string;
  /** A target of `deno compile`, such as `x86_64-unknown-linux-gnu`; default this machine. */
  readonly target?: string;
  /** The Deno that compiles; default the one that runs this task. */
  readonly program?: string;
  /** A runtime base in the place of the one that Deno downloads. */
  readonly base?: string;
}

// As deep below the staging directory as the sources below the project, so that shipped files are found alike.
const CODE = "src/app";

// Pairs of vectors become one of 256 bits, which has files hashed faster by half; see src/models/hashing/kernel.ts.
const V8_FLAGS = ["--v8-flags=--experimental-wasm-revectorize"];

// It would lie under a known name in a directory for temporary files that others may write into, and saves no time.
const NO_CODE_CACHE = "--no-code-cache";

/**
 * Compiles the binary.
 *
 * @throws An error with what the bundler or the compiler said.
 */
export async function compileBinary(options: CompileOptions): Promise<void> {
  const stage = await Deno.makeTempDir({ prefix: "comfydock-compile-" });
  try {
    await stageProgram(stage);
    await Deno.mkdir(dirname(resolve(options.output)), { recursive: true });
    await mustRun(compileArguments(options), {
      cwd: stage,
      program: options.program,
      env: {
        ...(options.base && { DENORT_BIN: options.base }),
        // Another version of Deno would wipe the caches of this one, which others may be using.
        ...(options.program && { DENO_DIR: join(stage, ".deno") }),
      },
    });
  } finally {
    await Deno.remove(stage, { recursive: true });
  }
}

/**
 * Puts into a directory what is compiled: the program in lazy parts, and its shipped files where it looks for them.
 *
 * @returns The file that Deno runs.
 * @throws An error with what the bundler said.
 */
export async function stageProgram(stage: string): Promise<string> {
  const code = join(stage, CODE);
  await mustRun(["bundle", "--quiet", "--frozen", "--code-splitting", "--outdir", code, "main.ts"]);
  for (const path of await assetPaths()) {
    await Deno.mkdir(dirname(join(stage, path)), { recursive: true });
    await Deno.copyFile(join(projectRoot, path), join(stage, path));
  }
  return join(code, "main.js");
}

function compileArguments({ output, target }: CompileOptions): readonly string[] {
  return [
    ...["compile", "--quiet", "--no-config", "--no-lock", "--no-check"],
    ...[...PERMISSIONS, "--deny-import"],
    ...V8_FLAGS,
    NO_CODE_CACHE,
    ...ASSET_DIRECTORIES.flatMap((directory) => ["--include", directory]),
    ...(target ? ["--target", target] : []),
    ...["--output", resolve(output), `${CODE}/main.js`],
  ];
}

async function mustRun(
  args: readonly string[],
  options?: Parameters<typeof runDeno>[1],
): Promise<void> {
  const { code, output } = await runDeno(args, options);
  if (code !== 0) throw new Error(`deno ${args[0]} ended with ${code}: ${output}`);
}

if (import.meta.main) {
  const { values } = parseArgs({
    args: Deno.args,
    options: {
      target: { type: "string" },
      output: { type: "string", default: join(projectRoot, "dist", "comfydock") },
    },
  });
  await compileBinary(values);
  say(`Built ${values.output}`);
}
