import { ComfydockError, interrupted, isKind } from "../../../base/mod.ts";
import {
  endedError,
  exitOf,
  prepareRun,
  runDetached,
  runErrors,
  type RunPlan,
  type RunRequest,
  runShown,
} from "../../../environment/run/mod.ts";
import type { EnvironmentWorld } from "../../../environment/world/mod.ts";
import type { Outcome, Style } from "../../../output/mod.ts";
import { cliErrors } from "../../errors.ts";
import { ownCommand } from "../../own_command.ts";
import type { CommandContext, InputOf } from "../../types.ts";
import { commandEnvironment } from "../world.ts";
import type { runOptions } from "./options.ts";

/** What `run` tells. */
export interface RunData {
  readonly dry_run: boolean;
  readonly environment: string;
  readonly mode: RunPlan["mode"];
  /** Whether something had to be installed first. */
  readonly sync: boolean;
  /** Whether the tracked workflows are kept in step meanwhile. */
  readonly watch: boolean;
  /** Program and arguments. */
  readonly command: readonly string[];
  readonly cwd: string;
  readonly url: string;
  readonly host: string;
  readonly port: number;
  readonly log: string;
  /** Number of its process, when it runs. */
  readonly pid?: number;
  /** Whether it has answered, when it was waited for. */
  readonly ready?: boolean;
  /** ComfyUI's exit code, when it has ended. */
  readonly exit_code?: number;
  /** Number of the signal that ended it. */
  readonly signal?: number;
}

const DEFAULT_WAIT_S = 300;

/** Starts ComfyUI, after what is missing was installed. */
export async function run(
  { options, rest, dryRun }: InputOf<typeof runOptions>,
  context: CommandContext,
): Promise<Outcome<RunData>> {
  checkOptions(options);
  const { world, workspace, environment: { name } } = await commandEnvironment(context);
  const where = ["-w", workspace.layout.root, "-e", name];
  const request: RunRequest = {
    mode: options.detach ? "detached" : "foreground",
    port: readPort(options.port),
    args: rest,
    sync: !options.noSync,
    watch: options.watch
      ? [...ownCommand(), "workflow", "watch", "--with-run", ...where]
      : undefined,
  };
  const plan = await prepareRun(world, request);
  const data = toData(plan, dryRun);
  if (dryRun) return { data };
  const waitMs = options.wait ? (options.timeout ?? DEFAULT_WAIT_S) * 1000 : undefined;
  return request.mode === "detached"
    ? await detach(world, plan, data, waitMs)
    : await show(world, plan, data, context);
}

async function show(
  world: EnvironmentWorld,
  plan: RunPlan,
  data: RunData,
  { options: { json }, signal }: CommandContext,
): Promise<Outcome<RunData>> {
  const end = await runShown(world, plan, { stderrOnly: json });
  const told = { ...data, exit_code: end.code, signal: end.signal };
  if (end.code === 0) return { data: told, ownExit: true };
  const error = signal.aborted ? interrupted(signal) : endedError(plan, end);
  return { data: told, error, exit: end.code, ownExit: true };
}

async function detach(
  world: EnvironmentWorld,
  plan: RunPlan,
  data: RunData,
  waitMs: number | undefined,
): Promise<Outcome<RunData>> {
  try {
    const { run: { pid }, ready } = await runDetached(world, plan, { waitMs });
    return { data: { ...data, pid, ready } };
  } catch (error) {
    if (!isKind(error, runErrors.RUN_FAILED)) throw error;
    const code = Number(error.details.exit_code);
    return { data: { ...data, exit_code: code }, error, exit: exitOf({ code }) };
  }
}

function checkOptions({ detach, wait, timeout }: InputOf<typeof runOptions>["options"]): void {
  const missing = wait && !detach
    ? ["--wait", "--detach"]
    : timeout !== undefined && !wait
    ? ["--timeout", "--detach --wait"]
    : undefined;
  if (missing === undefined) return;
  const [option, needed] = missing;
  throw new ComfydockError(
    cliErrors.OPTION_MISSING,
    `Option ${option} means nothing without ${needed}`,
    { hint: `Add ${needed}, or leave ${option} out`, details: { option } },
  );
}

function readPort(text: string | undefined): number | "auto" | undefined {
  if (text === undefined || text === "auto") return text;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (port >= 1 && port <= 65535) return port;
  throw new ComfydockError(
    cliErrors.OPTION_VALUE_INVALID,
    `Cannot use "${
      text.slice(0, 40)
    }" for option --port: expected auto or a number from 1 to 65535`,
    { hint: "Give --port auto, or leave it out for 8188", details: { option: "--port" } },
  );
}

function toData(plan: RunPlan, dryRun: boolean): RunData {
  const { environment, mode, sync, command, cwd, url, host, port, log } = plan;
  const watch = plan.watch !== undefined;
  return { dry_run: dryRun, environment, mode, sync, watch, command, cwd, url, host, port, log };
}

/** What runs now and how to go on; of a run that was shown nothing, for people have seen it. */
export function view(data: RunData, style: Style): string[] {
  const { environment, url, pid } = data;
  if (data.dry_run) {
    return [
      ...(data.sync ? [`Would sync ${environment} first, for it is not what its lock says`] : []),
      `Would run ComfyUI of ${environment} at ${url}`,
      `  in ${data.cwd}: ${data.command.join(" ")}`,
      ...(data.watch ? ["  and keep its workflows in step meanwhile"] : []),
    ];
  }
  if (pid === undefined) return [];
  return [
    `ComfyUI of ${style.bold(environment)} ${data.ready ? "answers" : "starts"} at ${
      style.cyan(url)
    } (process ${pid})`,
    style.dim(`log: ${data.log}`),
    style.dim(`comfydock logs -f --env ${environment} follows it, comfydock stop ends it`),
  ];
}
