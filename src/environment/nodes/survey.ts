import { join } from "node:path";
import { foldDirectory, readNodeDirectories } from "../../nodes/disk/mod.ts";
import type { Manifest, ManifestNode } from "../../pyproject/mod.ts";
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
  /** Whether the store has not the files of a local pack: then they can be had on another machine alone. */
  readonly isElsewhere: boolean;
  /** The version or commit that is there in the place of the manifest's, as far as the files tell. */
  readonly otherVersion?: string;
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
  { nodes }: Pick<Manifest, "nodes">,
  { ids, thorough }: SurveyOptions = {},
): Promise<NodeSurvey> {
  const { customNodes } = world.environment;
  const held = new Set((await readBisect(world))?.held ?? []);
  const [top, set] = await Promise.all([
    directoriesIn(customNodes),
    directoriesIn(join(customNodes, DISABLED)),
  ]);
  // Older versions of ComfyUI-Manager disable a pack by the end of its name, newer ones add its version to it.
  const disabled = [...set, ...top.filter(({ name }) => name.endsWith(OLD_ENDING))];
  const enabled = top.filter(({ name }) => !name.endsWith(OLD_ENDING));
  const known = new Set<string>();
  const surveyed = await Promise.all(
    Object.values(nodes).map(async (node) => {
      const places = nodePlaces(world.environment, node);
      const folded = foldDirectory(places.directory);
      const here = enabled.find(({ name }) => name === places.directory)?.path;
      const away = disabled.find(({ name }) => name === places.directory) ??
        disabled.find(({ name }) => foldDirectory(name) === folded);
      for (const path of [here, away?.path]) if (path !== undefined) known.add(path);
      const active = node.enabled && !held.has(node.id);
      const isElsewhere = await isOnlyElsewhere(world, node);
      return { node, places, active, isElsewhere, ...locate(active, here, away?.path) };
    }),
  );
  const wanted = surveyed.filter(({ node }) => ids?.has(node.id) ?? true);
  const strangers = [
    ...enabled.map((one) => ({ ...one, enabled: true })),
    ...disabled.map((one) => ({ ...one, enabled: false })),
  ].filter(({ path }) => !known.has(path));
  const looked = await Promise.all(wanted.map((found) => withTree(world, found, thorough)));
  return {
    nodes: await withVersions(world, looked),
    strangers: strangers.map(({ name, path, enabled }) => ({ directory: name, path, enabled })),
  };
}

async function isOnlyElsewhere(
  { workspace }: EnvironmentWorld,
  { source, treeSha256 = "" }: ManifestNode,
): Promise<boolean> {
  if (source !== "local") return false;
  return !/^[0-9a-f]{64}$/.test(treeSha256) || !await lookAt(join(workspace.nodeStore, treeSha256));
}

const OLD_ENDING = ".disabled";

type Located = Pick<SurveyedNode, "path" | "loaded" | "leftover">;

function locate(active: boolean, here: string | undefined, away: string | undefined): Located {
  const path = active ? here ?? away : away ?? here;
  const leftover = here !== undefined && away !== undefined ? active ? away : here : undefined;
  return { path, loaded: path !== undefined && path === here, leftover };
}

async function withTree(
  world: EnvironmentWorld,
  found: SurveyedNode,
  thorough: boolean | undefined,
): Promise<SurveyedNode> {
  const { node, places: { directory }, path } = found;
  if (path === undefined || node.source === "development") return found;
  const expected = node.treeSha256;
  return { ...found, tree: await readTreeState(world, { path, directory, expected, thorough }) };
}

/** Asks the files of packs that differ which version they are of: others than comfydock exchange packs, too. */
async function withVersions(
  { environment: { customNodes } }: EnvironmentWorld,
  nodes: readonly SurveyedNode[],
): Promise<readonly SurveyedNode[]> {
  const differs = ({ node, tree }: SurveyedNode) =>
    tree?.kind === "changed" ||
    (tree?.kind === "tree" && node.treeSha256 !== undefined && tree.tree !== node.treeSha256);
  if (!nodes.some(differs)) return nodes;
  const directories = await readNodeDirectories(customNodes);
  return nodes.map((found) => {
    const there = differs(found) && directories.find(({ path }) => path === found.path);
    if (!there) return found;
    const { source, version, commit } = found.node;
    const [recorded, present] = source === "git"
      ? [commit, there.commit]
      : [version, there.version];
    const other = recorded !== undefined && present !== undefined && present !== recorded;
    return other ? { ...found, otherVersion: present } : found;
  });
}

async function directoriesIn(
  root: string,
): Promise<readonly { readonly name: string; readonly path: string }[]> {
  if (!await lookAt(root)) return [];
  const found = [];
  for await (const { name, isFile, isSymlink } of Deno.readDir(root)) {
    if (isFile || name.startsWith(".") || name === "__pycache__") continue;
    const path = join(root, name);
    // A link whose target is gone still takes the name.
    const leads = !isSymlink || await Deno.stat(path).then((info) => info.isDirectory, () => true);
    if (leads) found.push({ name, path });
  }
  return found.sort((a, b) => (a.name < b.name ? -1 : 1));
}
