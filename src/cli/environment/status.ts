import { type EnvironmentStatus, readStatus } from "../../environment/mod.ts";
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
  readonly clean: boolean;
  readonly differences: readonly DifferenceData[];
}

/** Compares an environment with what it should be. */
export async function run(
  _input: CommandInput,
  context: CommandContext,
): Promise<Outcome<StatusData>> {
  const { world } = await commandEnvironment(context);
  return { data: toStatusData(await readStatus(world)) };
}

/** The state of an environment as programs get it. */
export function toStatusData(status: EnvironmentStatus): StatusData {
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
    clean: differences.length === 0,
    differences: toDifferenceData(differences),
  };
}

/** The environment in two lines, then what differs. */
export function view(data: StatusData, style: Style): string[] {
  const { comfyui, python, torch_backend } = data;
  return [
    `${style.bold(data.name)} at ${data.path}`,
    `  ComfyUI ${comfyui.version ?? "?"}, Python ${python ?? "?"}, PyTorch ${
      torch_backend ?? "?"
    }, ` +
    `${data.packages} packages, ${data.nodes} nodes, ${data.models} models, ${data.workflows} workflows`,
    ...(data.clean
      ? [style.green("Everything is as it should be")]
      : renderDifferences(data.differences, style)),
  ];
}
