import {
  type EndedRun,
  readRunState,
  type RunState,
  stopRun,
} from "../../../environment/run/mod.ts";
import type { Outcome } from "../../../output/mod.ts";
import type { CommandContext, InputOf } from "../../types.ts";
import { commandEnvironment } from "../world.ts";
import type { stopOptions } from "./options.ts";

/** What `stop` tells. */
export interface StopData {
  readonly dry_run: boolean;
  readonly environment: string;
  /** What was found: `running`, `ended` by itself, `lost` without anybody having seen its end, or `never` run. */
  readonly found: RunState["status"];
  /** Whether it was ended now. */
  readonly stopped: boolean;
  /** Number of the process that was found, or that is gone. */
  readonly pid?: number;
  readonly port?: number;
  /** The signal that it ended after. */
  readonly by?: EndedRun["by"];
  /** ComfyUI's exit code, where somebody saw it. */
  readonly exit_code?: number;
}

/** Ends the environment's ComfyUI; nothing to end is no failure. */
export async function run(
  { options, dryRun }: InputOf<typeof stopOptions>,
  context: CommandContext,
): Promise<Outcome<StopData>> {
  const { world, environment: { name } } = await commandEnvironment(context);
  if (dryRun) return { data: toData(name, await readRunState(world), true) };
  const { state, ended } = await stopRun(world, options.timeout * 1000);
  const data = toData(name, state, false);
  if (ended === undefined) return { data };
  const { by, end } = ended;
  return { data: { ...data, stopped: true, by, exit_code: end?.code } };
}

function toData(environment: string, state: RunState, dryRun: boolean): StopData {
  const found = { dry_run: dryRun, environment, found: state.status, stopped: false };
  if (state.status === "never") return found;
  const { pid, port, end } = state.run;
  return { ...found, pid, port, exit_code: end?.code };
}

/** What was ended, or that there was nothing to end. */
export function view(data: StopData): string[] {
  const { environment, pid, port } = data;
  switch (data.found) {
    case "running": {
      const what = `ComfyUI of ${environment} (process ${pid}, port ${port})`;
      if (data.dry_run) return [`Would stop ${what}`];
      const how = data.by === "SIGKILL" ? "; it had to be killed" : "";
      return [`Stopped ${what}${how}`];
    }
    case "lost":
      return [
        `ComfyUI of ${environment} does not run: process ${pid} is gone, and nobody saw how it ended`,
        `${data.dry_run ? "Would forget" : "Forgot"} what told of it`,
      ];
    case "ended":
      return [`ComfyUI of ${environment} does not run; it ended with exit code ${data.exit_code}`];
    case "never":
      return [`ComfyUI of ${environment} does not run`];
  }
}
