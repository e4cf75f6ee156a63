import { counted } from "../../base/mod.ts";
import type { RunState } from "../../environment/run/mod.ts";
import type { EnvironmentStatus } from "../../environment/status/mod.ts";
import { readRunState } from "../../environment/run/mod.ts";
import { readStatus } from "../../environment/status/mod.ts";
import type { Outcome, Style } from "../../output/mod.ts";
import type { CommandContext, CommandInput } from "../types.ts";
import { type DifferenceData, renderDifferences, toDifferenceData } from "./differences_view.ts";
import { commandEnvironment } from "./world.ts";

/** What `status` tells. */
export interface StatusData {
  readonly name: string;
  readonly path: string;
  readonly commit: string | null;
  readonly comfyui: { readonly version: string | null; readonly commit: string | null };
  readonly python: string | null;
  readonly torch_backend: string | null;
  readonly packages: number;
  readonly nodes: number;
  readonly models: number;
  readonly workflows: number;
  /** Its ComfyUI, when it runs. */
  readonly running:
    | { readonly pid: number; readonly port: number; readonly started: string }
    | null;
  readonly clean: boolean;
  readonly differences: readonly DifferenceData[];
}

/** Compares an environment with what it should be. */
export async function run(
  _input: CommandInput,
  context: CommandContext,
): Promise<Outcome<StatusData>> {
  const { world } = await commandEnvironment(context);
  const [status, state] = await Promise.all([readStatus(world), readRunState(world)]);
  return { data: toStatusData(status, state) };
}

/** The state of an environment as programs get it. */
function toStatusData(status: EnvironmentStatus, state: RunState): StatusData {
  const { name, path, commit = null, comfyui, python = null, torchBackend = null } = status;
  const { packages, nodes, models, workflows, differences } = status;
  return {
    name,
    path,
    commit,
    comfyui: { version: comfyui.version ?? null, commit: comfyui.commit ?? null },
    python,
    torch_backend: torchBackend,
    packages,
    nodes,
    models,
    workflows,
    running: toRunning(state),
    clean: differences.length === 0,
    differences: toDifferenceData(differences),
  };
}

function toRunning(state: RunState): StatusData["running"] {
  if (state.status !== "running") return null;
  const { pid, port, started } = state.run;
  return { pid, port, started };
}

/** The environment in two lines, then what differs. */
export function view(data: StatusData, style: Style): string[] {
  const { comfyui, python, torch_backend } = data;
  return [
    `${style.bold(data.name)} at ${data.path}`,
    `  ComfyUI ${comfyui.version ?? "?"}, Python ${python ?? "?"}, PyTorch ${
      torch_backend ?? "?"
    }, ` +
    `${counted(data.packages, "package")}, ${counted(data.nodes, "node")}, ${
      counted(data.models, "model")
    }, ${counted(data.workflows, "workflow")}`,
    ...(data.running
      ? [`  ComfyUI runs on port ${data.running.port} (process ${data.running.pid})`]
      : []),
    ...(data.clean
      ? [style.green("Everything is as it should be")]
      : renderDifferences(data.differences, style)),
  ];
}
