import { join } from "node:path";
import { projectRoot } from "../../tasks/run_deno.ts";
import { pythonProgram } from "./python_program.ts";
import { environmentOf, programOf, type RunSettings } from "./run_cli.ts";

/** How a program is run on a pseudo-terminal. */
export interface PtySettings extends RunSettings {
  /** Rows and columns; `null` leaves the terminal at 0 by 0. */
  readonly size?: readonly [number, number] | null;
  /** When this text has appeared, these keys are pressed. */
  readonly steps?: readonly { readonly expect: string; readonly send: string }[];
  /** Another command line than comfydock's. */
  readonly command?: readonly string[];
}

/** What a program on a pseudo-terminal did. */
export interface PtyRun {
  readonly code: number;
  /** All that the terminal received, escape sequences included. */
  readonly output: string;
  readonly timedOut: boolean;
  readonly stepsLeft: number;
}

const TIMEOUT_SECONDS = 60;

/** Whether this system has pseudo-terminals as the tests know them. */
export const hasPty: boolean = Deno.build.os !== "windows";

/**
 * Runs comfydock on a pseudo-terminal.
 *
 * @param argv Words behind the program's name.
 * @param settings Size, keys to press and environment.
 */
export async function runInPty(
  argv: readonly string[],
  settings: PtySettings = {},
): Promise<PtyRun> {
  const home = await Deno.makeTempDir({ prefix: "comfydock-home-" });
  try {
    const plan = {
      command: settings.command ?? [...programOf(settings), ...argv],
      cwd: home,
      env: { TERM: "xterm-256color", ...environmentOf(home, settings) },
      size: settings.size === undefined ? [24, 80] : settings.size,
      steps: settings.steps ?? [],
      timeout: TIMEOUT_SECONDS,
    };
    const child = new Deno.Command(await pythonProgram(), {
      args: [join(projectRoot, "tests", "support", "pseudo_terminal.py")],
      stdin: "piped",
      stdout: "piped",
    }).spawn();
    const writer = child.stdin.getWriter();
    await writer.write(new TextEncoder().encode(JSON.stringify(plan)));
    await writer.close();
    const { stdout } = await child.output();
    return JSON.parse(new TextDecoder().decode(stdout));
  } finally {
    await Deno.remove(home, { recursive: true });
  }
}
