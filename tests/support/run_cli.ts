import { join } from "node:path";
import type { Envelope } from "../../src/output/mod.ts";
import { projectRoot } from "../../tasks/run_deno.ts";

/** How a command line is run. */
export interface RunSettings {
  /** Variables besides the cleared environment; `undefined` takes one away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** What stands on standard input; nothing by default. */
  readonly stdin?: string;
  readonly cwd?: string;
  /** Another program than comfydock, below the root of the project; for commands that only tests have. */
  readonly program?: string;
  /** Whether the rights of files hold even where the tests are run by root. */
  readonly heedsRights?: boolean;
}

/** What a run left behind. */
export interface CliRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** The envelope, when stdout is exactly one JSON value. */
  readonly json?: Envelope;
}

/** Variables that a test needs from the machine; everything else, such as `CI` and `NO_COLOR`, is left out. */
const KEPT = [
  "PATH",
  "DENO_DIR",
  "SystemRoot",
  "SystemDrive",
  "PATHEXT",
  "TMPDIR",
  "TEMP",
  "TMP",
  "LOCALAPPDATA",
];

/**
 * The program and its first arguments: the binary named by `COMFYDOCK_TEST_BINARY`, or Deno with the bundle named by
 * `COMFYDOCK_TEST_PROGRAM`, or with the sources.
 */
export function programOf({ program }: RunSettings = {}): readonly [string, ...string[]] {
  const binary = Deno.env.get("COMFYDOCK_TEST_BINARY");
  if (binary && program === undefined) return [binary];
  const staged = program === undefined ? Deno.env.get("COMFYDOCK_TEST_PROGRAM") : undefined;
  if (staged) return [Deno.execPath(), "run", "-A", "--unstable-lazy-dynamic-imports", staged];
  return [Deno.execPath(), "run", "-A", join(projectRoot, program ?? "main.ts")];
}

/** The environment of a run: cleared, with an own home. */
export function environmentOf(
  home: string,
  { env = {} }: RunSettings = {},
): Record<string, string> {
  const kept = KEPT.map((name) => [name, Deno.env.get(name)]);
  const deno = ["DENO_DIR", Deno.env.get("DENO_DIR") ?? denoDirectory()];
  const all = [...kept, deno, ["HOME", home], ["USERPROFILE", home], ...Object.entries(env)];
  return Object.fromEntries(all.filter(([, value]) => value !== undefined));
}

/** Deno finds its cache by the home directory, which a run does not see. */
function denoDirectory(): string | undefined {
  const home = Deno.env.get("HOME");
  if (Deno.build.os === "linux") {
    return join(Deno.env.get("XDG_CACHE_HOME") ?? join(home ?? "", ".cache"), "deno");
  }
  if (Deno.build.os === "darwin") return join(home ?? "", "Library", "Caches", "deno");
  return undefined;
}

/**
 * Runs comfydock as a process of its own.
 *
 * @param argv Words behind the program's name.
 * @param settings Environment, input and directory.
 */
export async function runCli(
  argv: readonly string[],
  settings: RunSettings = {},
): Promise<CliRun> {
  const home = await Deno.makeTempDir({ prefix: "comfydock-home-" });
  try {
    const child = spawnCli(argv, home, settings);
    const writer = child.stdin.getWriter();
    await writer.write(new TextEncoder().encode(settings.stdin ?? "")).catch(ignoreClosed);
    await writer.close().catch(ignoreClosed);
    const { code, stdout, stderr } = await child.output();
    return toRun(code, new TextDecoder().decode(stdout), new TextDecoder().decode(stderr));
  } finally {
    await Deno.remove(home, { recursive: true });
  }
}

/** Starts comfydock with all three streams piped. */
export function spawnCli(
  argv: readonly string[],
  home: string,
  settings: RunSettings = {},
): Deno.ChildProcess {
  const [program, ...first] = settings.heedsRights
    ? heedingRights(programOf(settings))
    : programOf(settings);
  return new Deno.Command(program, {
    args: [...first, ...argv],
    cwd: settings.cwd ?? home,
    clearEnv: true,
    env: environmentOf(home, settings),
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

/** Root is above the rights of files only by capabilities, which `setpriv` of util-linux takes away. */
function heedingRights(program: readonly [string, ...string[]]): readonly [string, ...string[]] {
  if (Deno.build.os !== "linux" || Deno.uid() !== 0) return program;
  const without = "-dac_override,-dac_read_search";
  return ["setpriv", `--inh-caps=${without}`, `--bounding-set=${without}`, ...program];
}

/** A program that reads no input may be gone before it is written. */
function ignoreClosed(error: unknown): void {
  if (!(error instanceof Deno.errors.BrokenPipe)) throw error;
}

/** Joins code and texts, and reads the envelope where there is one. */
export function toRun(code: number, stdout: string, stderr: string): CliRun {
  return { code, stdout, stderr, json: readEnvelope(stdout) };
}

function readEnvelope(stdout: string): Envelope | undefined {
  if (!stdout.startsWith("{")) return undefined;
  try {
    return JSON.parse(stdout);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
