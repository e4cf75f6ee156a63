import { join } from "node:path";
import { fileError, readAssetText, redact, writeFileAtomic } from "../../base/mod.ts";
import { command, type CommandSpec, pythonEnvironment } from "../../tools/mod.ts";
import { lookAt } from "../../workspace/mod.ts";
import type { EnvironmentWorld } from "../types.ts";
import { LOG_BYTES, LOG_FILES, runDirectory, runStateFile } from "./places.ts";
import { RUN_STATE_SCHEMA } from "./state_file.ts";
import type { RunPlan } from "./types.ts";

const ASSET = "data/run/keeper.py";
/** How long ComfyUI is given for each way of asking it to end when the comfydock that showed it is gone, in seconds. */
const ORPHAN_GRACE = 5;

/** The process that starts ComfyUI, keeps its log and waits for its end. */
export interface Keeper {
  readonly spec: CommandSpec;
  /** All variables that it and ComfyUI get. */
  readonly env: Readonly<Record<string, string>>;
  /** Of the run that it starts. */
  readonly id: string;
}

/** How a keeper is set up besides its plan. */
export interface KeeperOptions {
  /** Where ComfyUI's standard output and error go besides the log: 1 or 2 each; nowhere when detached. */
  readonly copies: readonly (1 | 2)[];
  /** Size of a full log file, in bytes. */
  readonly logBytes?: number;
}

/**
 * Prepares the keeper of a run: a small Python program, which every environment can run, so that the log is kept and
 * turned over, and an exit code seen, without any comfydock waiting.
 *
 * @throws `FILE_UNWRITABLE`, `DISK_FULL`
 */
export async function prepareKeeper(
  { workspace, environment, env }: EnvironmentWorld,
  plan: RunPlan,
  { copies, logBytes = LOG_BYTES }: KeeperOptions,
): Promise<Keeper> {
  const directory = runDirectory(workspace);
  const program = join(directory, "keeper.py");
  await makePrivate(directory);
  await Deno.mkdir(workspace.logs, { recursive: true }).catch((error) => {
    throw fileError("Cannot create", workspace.logs, error);
  });
  await writeFileAtomic(program, await readAssetText(ASSET));
  const id = crypto.randomUUID();
  const [python = "", ...rest] = plan.command;
  const settings = {
    state: runStateFile(workspace, plan.environment),
    log: plan.log,
    max_bytes: logBytes,
    files: LOG_FILES,
    copies,
    parent: plan.mode === "foreground" ? Deno.pid : null,
    grace: ORPHAN_GRACE,
    command: plan.command,
    cwd: plan.cwd,
    watch: plan.watch ?? null,
    shown: redact(["python", ...rest].join(" ")),
    facts: {
      schema_version: RUN_STATE_SCHEMA,
      id,
      environment: plan.environment,
      mode: plan.mode,
      port: plan.port,
      host: plan.host,
      args: plan.args,
    },
  };
  return {
    id,
    spec: command({
      program: python,
      args: ["-I", "-S", "-B", program, JSON.stringify(settings)],
      shown: [program],
      cwd: plan.cwd,
    }),
    env: pythonEnvironment(env, environment.venv),
  };
}

// ComfyUI's arguments may hold what others on this machine shall not read.
async function makePrivate(directory: string): Promise<void> {
  if (await lookAt(directory)) return;
  try {
    await Deno.mkdir(directory, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw fileError("Cannot create", directory, error);
  }
}
