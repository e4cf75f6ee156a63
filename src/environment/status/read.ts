import { inspectNodes } from "../nodes/inspect.ts";
import { readEnvironmentState } from "../state.ts";
import type { EnvironmentWorld } from "../types.ts";
import { readInstalled, readStamp } from "../venv/mod.ts";
import { inspectComfyUI } from "./comfyui.ts";
import { inspectHistory, inspectJournal } from "./history.ts";
import { inspectModelFiles } from "./models.ts";
import { inspectPackages } from "./packages.ts";
import { inspectWorkflows } from "./workflows.ts";
import type { EnvironmentStatus, Inspector, StatusFacts } from "./types.ts";

/** All sides that are looked at, in the order in which people read of them. */
const INSPECTORS: readonly Inspector[] = [
  inspectJournal,
  inspectPackages,
  inspectComfyUI,
  inspectNodes,
  inspectWorkflows,
  inspectModelFiles,
  inspectHistory,
];

/**
 * Compares what an environment should be with what it is: manifest, lock, `.venv`, ComfyUI, nodes, workflows, models, history.
 *
 * @param options With `thorough`, files of node packs are read whatever their size and time say.
 * @returns Every difference, with the command that settles it.
 * @throws `MANIFEST_INVALID`, and what uv throws where it has to be asked
 */
export async function readStatus(
  world: EnvironmentWorld,
  { thorough }: Pick<StatusFacts, "thorough"> = {},
): Promise<EnvironmentStatus> {
  const { environment: { name, root, venv } } = world;
  const [state, stamp, installed] = await Promise.all([
    readEnvironmentState(world),
    readStamp(venv),
    readInstalled(venv),
  ]);
  const facts = { world, state, stamp, installed, thorough };
  const differences = await Promise.all(INSPECTORS.map((inspect) => inspect(facts)));
  const { environment, nodes, models, workflows } = state.manifest;
  return {
    name,
    path: root,
    commit: state.head,
    comfyui: { version: environment.comfyuiVersion, commit: environment.comfyuiCommit },
    python: environment.pythonVersion,
    torchBackend: environment.torchBackend,
    packages: Object.keys(installed ?? {}).length,
    nodes: Object.keys(nodes).length,
    models: Object.keys(models).length,
    workflows: Object.keys(workflows).length,
    differences: differences.flat(),
  };
}
