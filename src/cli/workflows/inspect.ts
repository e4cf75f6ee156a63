import { resolve } from "node:path";
import { readNodeKnowledge } from "../../environment/workflows/mod.ts";
import { type EnvironmentWorld, readEnvironmentState } from "../../environment/world/mod.ts";
import { withNodeIndex } from "../../nodes/mod.ts";
import type { Outcome } from "../../output/mod.ts";
import { nodeIndexOptions } from "../../session/node_index/mod.ts";
import {
  analyzeWorkflow,
  drawWorkflow,
  isDrawing,
  type NodeKnowledge,
  openWorkflow,
  readLoaderTable,
  rememberLookups,
  type ResolvedNode,
  resolveNodes,
} from "../../workflows/mod.ts";
import { commandEnvironment } from "../environment/world.ts";
import type { CommandContext, InputOf } from "../types.ts";
import { workspaceIfThere } from "../workspace/access.ts";
import { type InspectData, inspectData } from "./inspect_data.ts";
import type { inspectOptions } from "./options.ts";
import { writeOutput } from "./output_file.ts";
import { environmentIfThere, findWorkflowFile } from "./workflow_file.ts";

/** Tells what a workflow needs. */
export async function run(
  { args: [given = ""], options: { svg } }: InputOf<typeof inspectOptions>,
  context: CommandContext,
): Promise<Outcome<InspectData>> {
  const file = await findWorkflowFile(context, given);
  const { workflow, carrier } = openWorkflow(file);
  const needs = analyzeWorkflow(workflow, await readLoaderTable());
  const environment = await environmentIfThere(context);
  const world = environment && (await commandEnvironment(context)).world;
  const workspace = await workspaceIfThere(context);
  const nodes = await withNodeIndex(
    await nodeIndexOptions(context, workspace),
    async (index) => resolveNodes(needs.nodes, await knowledgeOf(world, rememberLookups(index))),
  );
  if (svg !== undefined) {
    await writeOutput(context, workspace?.layout, {
      path: resolve(svg),
      content: drawWorkflow(workflow, { missing: missingClasses(nodes) }),
      command: "workflow inspect",
      flag: "--svg FILE",
      isOurs: isDrawing,
    });
  }
  return {
    data: inspectData({
      file,
      carrier,
      workflow,
      needs,
      nodes,
      svg,
      environment: environment?.name,
    }),
  };
}

async function knowledgeOf(
  world: EnvironmentWorld | undefined,
  index: NodeKnowledge["index"],
): Promise<NodeKnowledge> {
  if (world) {
    const { manifest } = await readEnvironmentState(world);
    return await readNodeKnowledge(world, manifest, index);
  }
  // Without an environment any ComfyUI will do.
  const isBuiltin = (type: string) =>
    index.lookup(type).some(({ evidence }) => evidence === "builtin");
  return {
    builtins: { has: isBuiltin },
    installed: [],
    index,
    choices: { nodes: {}, prefer: [], deny: [] },
  };
}

function missingClasses(nodes: readonly ResolvedNode[]): ReadonlySet<string> {
  const here = new Set(["builtin", "installed", "optional"]);
  return new Set(nodes.filter(({ outcome }) => !here.has(outcome)).map(({ need }) => need.type));
}
export { view } from "./inspect_data.ts";
