import { join } from "node:path";
import { type Manifest, type ManifestNode } from "../../pyproject/mod.ts";
import { lookAt } from "../../workspace/mod.ts";
import type { EnvironmentWorld } from "../types.ts";
import { readBisect } from "./bisect/state.ts";
import { DISABLED, type NodePlaces, nodePlaces } from "./places.ts";
import { readTreeState, type TreeState } from "./tree_state.ts";

/** A node pack of the manifest, and what of it is on disk. */
export interface SurveyedNode {
  readonly node: ManifestNode;
  readonly places: NodePlaces;
  /** Whether it shall be where ComfyUI loads it: enabled, and not held back by a search for a faulty pack. */
  readonly active: boolean;
  /** Where it is; absent when it is missing. */
  readonly path?: string;
  /** Whether it lies where ComfyUI loads it. */
  readonly loaded: boolean;
  /** A second copy, in the place where it should not be. */
  readonly leftover?: string;
  /** Absent for packs that are missing or in development. */
  readonly tree?: TreeState;
}

/** A directory of node packs that the manifest does not know. */
export interface StrangeDirectory {
  readonly directory: string;
  readonly path: string;
  readonly enabled: boolean;
}

/** All node packs of an environment. */
export interface NodeSurvey {
  readonly nodes: readonly SurveyedNode[];
  readonly strangers: readonly StrangeDirectory[];
}

/** What a survey may be spared. */
export interface SurveyOptions {
  /** Looks at these alone. */
  readonly ids?: ReadonlySet<string>;
  /** Reads every file, whatever its size and time say. */
  readonly thorough?: boolean;
}

/**
 * Looks where the node packs of a manifest are on disk, and whether they are as they should be; starts no program.
 *
 * @throws `NODE_DIRECTORY_INVALID`, `FILE_UNREADABLE`
 */
export async function surveyNodes(
  world: EnvironmentWorld,
  { nodes }: Manifest,
  { ids, thorough }: SurveyOptions = {},
): Promise<NodeSurvey> {
  const held = new Set((await readBisect(world))?.held ?? []);
  const all = Object.values(nodes);
  const wanted = all.filter(({ id }) => ids?.has(id) ?? true);
  const surveyed = await Promise.all(
    wanted.map((node) => surveyNode(world, node, { held: held.has(node.id), thorough })),
  );
  const known = new Set(all.map((node) => nodePlaces(world.environment, node).directory));
  return { nodes: surveyed, strangers: await findStrangers(world, known) };
}

async function surveyNode(
  world: EnvironmentWorld,
  node: ManifestNode,
  { held, thorough }: { readonly held: boolean; readonly thorough?: boolean },
): Promise<SurveyedNode> {
  const places = nodePlaces(world.environment, node);
  const active = node.enabled && !held;
  const [expected, other] = active
    ? [places.enabled, places.disabled]
    : [places.disabled, places.enabled];
  const [here, there] = await Promise.all([lookAt(expected), lookAt(other)]);
  const path = here ? expected : there ? other : undefined;
  const loaded = path === places.enabled;
  const leftover = here && there ? other : undefined;
  if (path === undefined || node.source === "development") {
    return { node, places, active, path, loaded, leftover };
  }
  const { directory } = places;
  const tree = await readTreeState(world, { path, directory, expected: node.treeSha256, thorough });
  return { node, places, active, path, loaded, leftover, tree };
}

async function findStrangers(
  { environment: { customNodes } }: EnvironmentWorld,
  known: ReadonlySet<string>,
): Promise<readonly StrangeDirectory[]> {
  const found: StrangeDirectory[] = [];
  for (const enabled of [true, false]) {
    const root = enabled ? customNodes : join(customNodes, DISABLED);
    if (!await lookAt(root)) continue;
    for await (const { name, isFile } of Deno.readDir(root)) {
      if (isFile || name.startsWith(".") || name === "__pycache__" || known.has(name)) continue;
      const path = join(root, name);
      const isDirectory = await Deno.stat(path).then((info) => info.isDirectory, () => false);
      // Older versions of ComfyUI-Manager disable a pack by the end of its name.
      if (isDirectory) {
        found.push({ directory: name, path, enabled: enabled && !/\.disabled$/.test(name) });
      }
    }
  }
  return found.sort((a, b) => (a.path < b.path ? -1 : 1));
}
