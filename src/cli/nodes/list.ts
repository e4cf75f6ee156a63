import { listNodes, type NodeDiskState } from "../../environment/nodes/mod.ts";
import { alignColumns, type Outcome, type Style } from "../../output/mod.ts";
import type { ManifestNode } from "../../pyproject/mod.ts";
import { commandEnvironment } from "../environment/world.ts";
import type { CommandContext, CommandInput } from "../types.ts";
import { versionOf } from "./change_data.ts";
import { shortVersion } from "./change_view.ts";

/** What `node list` tells. */
export interface NodeListData {
  readonly environment: string;
  readonly nodes: readonly {
    readonly id: string;
    readonly name: string;
    /** A version, or the commit of a pack from git. */
    readonly version: string | null;
    readonly source: ManifestNode["source"];
    readonly repository: string | null;
    readonly enabled: boolean;
    readonly state: NodeDiskState;
    /** Null when it is missing. */
    readonly path: string | null;
  }[];
  /** Directories of node packs that the manifest does not know. */
  readonly unknown: readonly {
    readonly directory: string;
    readonly path: string;
    readonly enabled: boolean;
  }[];
}

/** Lists the node packs of the environment. */
export async function run(
  _input: CommandInput,
  context: CommandContext,
): Promise<Outcome<NodeListData>> {
  const { world, environment } = await commandEnvironment(context);
  const { nodes, strangers } = await listNodes(world);
  return {
    data: {
      environment: environment.name,
      nodes: nodes.map(({ node, state, path = null }) => ({
        id: node.id,
        name: node.name,
        version: versionOf(node),
        source: node.source,
        repository: node.repository ?? null,
        enabled: node.enabled,
        state,
        path,
      })),
      unknown: strangers,
    },
  };
}

const STATES: Readonly<Record<NodeDiskState, string>> = {
  ok: "",
  missing: "missing",
  changed: "local changes",
  other_version: "another version is there",
  misplaced: "not where it should be",
};

/** A line a pack. */
export function view({ environment, nodes, unknown }: NodeListData, style: Style): string[] {
  const rows = nodes.map(({ id, version, source, enabled, state }) => [
    id,
    shortVersion(version),
    source,
    enabled ? "" : style.yellow("disabled"),
    state === "ok" ? "" : style.red(STATES[state]),
  ]);
  return [
    ...(rows.length === 0 ? [`${environment} has no node packs`] : alignColumns([
      ["pack", "version", "source", "", ""].map(style.dim),
      ...rows,
    ])),
    ...(unknown.length === 0 ? [] : [
      style.yellow("Not in the manifest:"),
      ...unknown.map(({ directory, enabled }) => `  ${directory}${enabled ? "" : " (disabled)"}`),
      style.dim(`Take one in with comfydock node add --adopt DIR --env ${environment}`),
    ]),
  ];
}
