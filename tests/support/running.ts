import { join } from "node:path";
import { type Reporter, silentReporter, systemClock } from "../../src/base/mod.ts";
import { type EnvironmentWorld, openEnvironmentWorld } from "../../src/environment/mod.ts";
import { stopRun } from "../../src/environment/run/mod.ts";
import {
  applyInit,
  environmentLayout,
  listEnvironments,
  planInit,
  type WorkspaceLayout,
  workspaceLayout,
} from "../../src/workspace/mod.ts";
import { projectRoot } from "../../tasks/run_deno.ts";
import { type PtyRun, type PtySettings, runInPty } from "./pty.ts";
import { pythonProgram } from "./python_program.ts";
import { type CliRun, runCli, spawnCli } from "./run_cli.ts";

/** Whether processes can be asked to end. */
export const hasSignals: boolean = Deno.build.os !== "windows";

/** A workspace with one environment, whose ComfyUI is a script that does what its arguments say. */
export interface RunningWorld {
  readonly root: string;
  readonly layout: WorkspaceLayout;
  readonly log: string;
  /** The state file of the environment `demo`. */
  readonly stateFile: string;
  world(more?: { readonly signal?: AbortSignal; readonly report?: Reporter }): EnvironmentWorld;
  /** Runs comfydock in the workspace, to its end. */
  cli(argv: readonly string[], env?: Readonly<Record<string, string>>): Promise<CliRun>;
  /** Starts comfydock in the workspace. */
  start(argv: readonly string[]): Deno.ChildProcess;
  /** Runs comfydock in the workspace on a pseudo-terminal. */
  pty(argv: readonly string[], steps: PtySettings["steps"]): Promise<PtyRun>;
  /** Makes another environment like the first. */
  addEnvironment(name: string): Promise<void>;
}

/** Runs a test with an environment that can be run, and ends what it left running. */
export async function withRunnable(work: (world: RunningWorld) => Promise<void>): Promise<void> {
  const root = await Deno.realPath(await Deno.makeTempDir({ prefix: "comfydock-run-" }));
  const layout = workspaceLayout(join(root, "workspace"));
  const home = join(root, "home");
  await Deno.mkdir(home);
  await applyInit(await planInit({ path: layout.root, now: new Date().toISOString() }));
  const env = { COMFYDOCK_HOME: layout.root, COMFYDOCK_ENV: "demo" };
  const running: RunningWorld = {
    root,
    layout,
    log: environmentLayout(layout, "demo").log,
    stateFile: join(layout.metadata, "run", "demo.json"),
    world: ({ signal, report = silentReporter } = {}) =>
      openEnvironmentWorld({
        workspace: layout,
        environment: environmentLayout(layout, "demo"),
        env: Deno.env.toObject(),
        report,
        http: () => Promise.reject(new Error("no network is needed")),
        clock: systemClock,
        signal,
      }),
    cli: (argv, more) => runCli(argv, { env: { ...env, ...more } }),
    start: (argv) => spawnCli(argv, home, { env }),
    pty: (argv, steps) => runInPty(argv, { env, steps }),
    addEnvironment: (name) => makeEnvironment(layout, name),
  };
  try {
    await running.addEnvironment("demo");
    await work(running);
  } finally {
    await endLeftovers(running);
    await Deno.remove(root, { recursive: true });
  }
}

async function makeEnvironment(layout: WorkspaceLayout, name: string): Promise<void> {
  const { cec, comfyui, manifest, venv } = environmentLayout(layout, name);
  await Deno.mkdir(cec, { recursive: true });
  await Deno.mkdir(comfyui, { recursive: true });
  await Deno.writeTextFile(manifest, `[project]\nname = "${name}"\nversion = "0"\n`);
  const stub = join(projectRoot, "tests", "support", "stub_comfyui.py");
  await Deno.copyFile(stub, join(comfyui, "main.py"));
  const { success } = await new Deno.Command(await pythonProgram(), {
    args: ["-m", "venv", "--without-pip", venv],
    stdin: "null",
  }).output();
  if (!success) throw new Error("Python cannot make a virtual environment");
}

async function endLeftovers({ layout, world }: RunningWorld): Promise<void> {
  for (const name of await listEnvironments(layout)) {
    await stopRun({ ...world(), environment: environmentLayout(layout, name) }, 0);
  }
}

/** A port that was free a moment ago. */
export function freePort(): number {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  listener.close();
  return listener.addr.port;
}

/** Waits until a file holds what is looked for, and returns what matched. */
export async function untilFile(path: string, pattern: RegExp): Promise<RegExpExecArray> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    const text = await Deno.readTextFile(path).catch(() => "");
    const found = pattern.exec(text);
    if (found) return found;
    if (Date.now() > deadline) throw new Error(`${path} never held ${pattern}:\n${text}`);
    await systemClock.sleep(20);
  }
}

/** Waits until a process is gone. */
export async function untilGone(pid: number): Promise<void> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    const { stdout } = await new Deno.Command("ps", { args: ["-o", "stat=", "-p", `${pid}`] })
      .output();
    const state = new TextDecoder().decode(stdout).trim();
    if (state === "" || state.startsWith("Z")) return;
    if (Date.now() > deadline) throw new Error(`process ${pid} goes on`);
    await systemClock.sleep(30);
  }
}
