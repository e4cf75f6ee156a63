import { join } from "node:path";
import { ComfydockError, redact } from "../../base/mod.ts";
import { type EnvironmentLayout, lookAt } from "../../workspace/mod.ts";
import { venvPython } from "../venv/mod.ts";
import { runErrors } from "./errors.ts";
import { type LaunchArguments, readLaunchArguments } from "./launch_arguments.ts";
import { accepts, DEFAULT_PORT, findFreePort, isPortFree } from "./port.ts";
import type { RunPlan, RunRequest } from "./types.ts";

/** What a plan is made from besides the request. */
export interface RunFacts {
  readonly environment: EnvironmentLayout;
  /** The port that was chosen. */
  readonly port: number;
  /** Whether something has to be installed first. */
  readonly sync: boolean;
}

/**
 * Decides how ComfyUI is started.
 *
 * @throws `RUN_ARGUMENTS_INVALID`
 */
export function planRun(request: RunRequest, facts: RunFacts): RunPlan {
  const { environment, port, sync } = facts;
  const launch = readLaunchArguments(request.args);
  const given = launch.port === undefined ? ["--port", `${port}`] : [];
  const host = launch.host.includes(":") ? `[${launch.host}]` : launch.host;
  return {
    environment: environment.name,
    mode: request.mode,
    sync,
    command: [venvPython(environment.venv), "main.py", ...given, ...request.args],
    cwd: environment.comfyui,
    port,
    host: launch.host,
    url: `${launch.secure ? "https" : "http"}://${host}:${port}`,
    log: environment.log,
    args: request.args.map(redact),
    watch: request.watch,
  };
}

/**
 * Refuses an environment of which something is missing that ComfyUI cannot start without.
 *
 * @param sync Whether Python and packages are installed before.
 * @throws `RUN_NOT_READY`
 */
export async function requireRunnable(
  environment: EnvironmentLayout,
  sync: boolean,
): Promise<void> {
  const needed = [
    { path: join(environment.comfyui, "main.py"), hint: "repair" },
    ...(sync ? [] : [{ path: venvPython(environment.venv), hint: "sync" }]),
  ];
  for (const { path, hint } of needed) {
    if (await lookAt(path)) continue;
    throw new ComfydockError(
      runErrors.RUN_NOT_READY,
      `Cannot run ComfyUI of "${environment.name}": "${path}" does not exist`,
      { hint: `Run comfydock ${hint} --env ${environment.name}`, details: { path } },
    );
  }
}

/**
 * Chooses the port that ComfyUI listens on.
 *
 * @param request What was asked for; `auto` takes the first that is free from 8188 on.
 * @param nameUser Tells who has a port, as far as that is known.
 * @throws `RUN_PORT_IN_USE` with a free one, `RUN_ARGUMENTS_INVALID`
 */
export async function choosePort(
  { port, args }: RunRequest,
  nameUser: (port: number) => Promise<string | undefined>,
): Promise<number> {
  const launch = readLaunchArguments(args);
  refuseTwoPorts(port, launch);
  if (port === "auto") return await findFreePort(launch.host);
  const wanted = port ?? launch.port ?? DEFAULT_PORT;
  if (await isPortFree(launch.host, wanted)) return wanted;
  const user = await nameUser(wanted) ??
    (await accepts(launch.host, wanted) ? "another program listens there" : "it is taken");
  const free = await findFreePort(launch.host, wanted + 1);
  throw new ComfydockError(
    runErrors.RUN_PORT_IN_USE,
    `Cannot run ComfyUI on port ${wanted} of ${launch.host}: ${user}`,
    {
      hint: `Run it with --port ${free}, or with --port auto`,
      details: { port: wanted, host: launch.host, free },
    },
  );
}

function refuseTwoPorts(port: number | "auto" | undefined, launch: LaunchArguments): void {
  if (port === undefined || launch.port === undefined || port === launch.port) return;
  throw new ComfydockError(
    runErrors.RUN_ARGUMENTS_INVALID,
    `Cannot run ComfyUI on two ports: --port says ${port}, and behind \`--\` stands ${launch.port}`,
    { hint: "Leave one of them out" },
  );
}
