import { lookAt } from "../../workspace/mod.ts";
import type { Difference, StatusFacts } from "../status/types.ts";
import { readBisect } from "./bisect/state.ts";
import { type SurveyedNode, surveyNodes } from "./survey.ts";

/** Compares the node packs on disk with those of the manifest, also with what others such as ComfyUI-Manager installed. */
export async function inspectNodes(
  { world, state, thorough }: StatusFacts,
): Promise<readonly Difference[]> {
  const { environment: { name, comfyui } } = world;
  // A ComfyUI that is missing is told by itself.
  if (!await lookAt(comfyui)) return [];
  const { nodes, strangers } = await surveyNodes(world, state.manifest, { thorough });
  return [
    ...await inspectBisect(world),
    ...nodes.flatMap((node) => differencesOf(node, name)),
    ...strangers.map(({ directory, enabled }): Difference => ({
      kind: "node_extra",
      subject: directory,
      found: enabled ? "enabled" : "disabled",
      severity: "warning",
      settle: `comfydock node add --adopt "${directory}" --env ${name}`,
    })),
  ];
}

async function inspectBisect(world: StatusFacts["world"]): Promise<readonly Difference[]> {
  const search = await readBisect(world);
  if (!search) return [];
  return [{
    kind: "node_bisect",
    subject: `${search.held.length} of ${search.packs.length} node packs`,
    severity: "warning",
    settle: `comfydock node bisect reset --env ${world.environment.name}`,
  }];
}

function differencesOf(surveyed: SurveyedNode, name: string): readonly Difference[] {
  const { node, active, path, loaded, leftover, tree, otherVersion, isElsewhere } = surveyed;
  const subject = node.id;
  const sync = `comfydock sync --env ${name}`;
  const expected = node.version ?? node.commit;
  if (path === undefined) {
    const isDevelopment = node.source === "development";
    return [{
      kind: "node_missing",
      subject,
      expected,
      severity: isDevelopment ? "warning" : "error",
      settle: isDevelopment
        ? `comfydock node add --dev PATH --env ${name}`
        : isElsewhere
        ? `comfydock node add PATH --env ${name}`
        : sync,
    }];
  }
  const differences: Difference[] = [];
  if (loaded !== active) {
    differences.push({
      kind: loaded ? "node_enabled" : "node_disabled",
      subject,
      severity: "error",
      settle: sync,
    });
  }
  if (leftover !== undefined) {
    differences.push({
      kind: "node_twice",
      subject,
      found: leftover,
      severity: active ? "warning" : "error",
      settle: sync,
    });
  }
  if (node.treeSha256 === undefined || tree === undefined) return differences;
  const isOther = otherVersion !== undefined ||
    (tree.kind === "tree" && tree.tree !== node.treeSha256);
  if (isOther) {
    const found = otherVersion;
    return [
      ...differences,
      { kind: "node_version", subject, expected, found, severity: "error", settle: sync },
    ];
  }
  if (tree.kind === "changed") {
    differences.push({
      kind: "node_changed",
      subject,
      found: tree.changed.length === 1 ? tree.changed[0] : `${tree.changed.length} files`,
      severity: "warning",
      settle: `comfydock node update ${node.id} --discard --env ${name}`,
    });
  }
  return differences;
}
