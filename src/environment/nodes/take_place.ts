import { ComfydockError } from "../../base/mod.ts";
import { foldDirectory, type NodeDirectory, readNodeDirectories } from "../../nodes/mod.ts";
import type { Manifest } from "../../pyproject/mod.ts";
import type { Transaction } from "../../workspace/mod.ts";
import type { EnvironmentWorld } from "../types.ts";
import { nodeChangeErrors } from "./errors.ts";
import { nodePlaces } from "./places.ts";
import { surveyNodes } from "./survey.ts";
import type { NodeFailure } from "./collect.ts";
import type { NodeChange } from "./types.ts";

/** Packs that can come where they want to. */
export interface Places {
  readonly changes: readonly NodeChange[];
  readonly failures: readonly NodeFailure[];
  /** Clears away disabled copies that nobody knows, which ComfyUI-Manager left, of the packs that come in. */
  readonly clear: (transaction: Transaction, changes: readonly NodeChange[]) => Promise<void>;
}

/**
 * Sees that packs that come in find their directories free, also on systems that fold case.
 *
 * @param keepGoing Leaves those out that do not.
 * @throws `NODE_DIRECTORY_TAKEN`
 */
export async function requirePlaces(
  world: EnvironmentWorld,
  manifest: Manifest,
  changes: readonly NodeChange[],
  keepGoing = false,
): Promise<Places> {
  const taken = new Map<string, string>();
  for (const node of Object.values(manifest.nodes)) {
    taken.set(foldDirectory(nodePlaces(world.environment, node).directory), node.id);
  }
  const strangers = await readStrangers(world, manifest);
  const free: NodeChange[] = [];
  const failures: NodeFailure[] = [];
  for (const change of changes) {
    const fault = change.action === "added" ? faultOf(world, change, taken, strangers) : undefined;
    if (fault && !keepGoing) throw fault;
    if (fault) {
      failures.push({ named: change.id, error: fault });
      continue;
    }
    free.push(change);
    if (change.action !== "added") continue;
    taken.set(foldDirectory(directoryOf(change)), change.id);
  }
  const clear: Places["clear"] = async (transaction, coming) => {
    const folded = new Set(
      coming.filter(({ action }) => action === "added").map((one) =>
        foldDirectory(directoryOf(one))
      ),
    );
    for (const { enabled, directory, path } of strangers) {
      if (!enabled && folded.has(foldDirectory(directory))) await transaction.trash(path);
    }
  };
  return { changes: free, failures, clear };
}

async function readStrangers(
  world: EnvironmentWorld,
  manifest: Manifest,
): Promise<readonly NodeDirectory[]> {
  const { nodes } = await surveyNodes(world, manifest, { ids: new Set() });
  const known = new Set(nodes.map(({ path }) => path));
  const all = await readNodeDirectories(world.environment.customNodes);
  return all.filter(({ path }) => !known.has(path));
}

function directoryOf({ id, after }: NodeChange): string {
  return after?.directory ?? id;
}

function faultOf(
  { environment }: EnvironmentWorld,
  change: NodeChange,
  taken: ReadonlyMap<string, string>,
  strangers: readonly NodeDirectory[],
): ComfydockError | undefined {
  const directory = directoryOf(change);
  const folded = foldDirectory(directory);
  const owner = taken.get(folded);
  const isOwnPlace = change.after?.source === "development";
  const stranger = strangers.find((one) =>
    one.enabled && foldDirectory(one.directory) === folded &&
    !(isOwnPlace && one.directory === directory)
  );
  if (owner === undefined && !stranger) return undefined;
  const what = owner === undefined
    ? `custom_nodes/${stranger!.directory} is ${describe(stranger!)}`
    : `the node pack ${owner} has the directory "${directory}"`;
  return new ComfydockError(
    nodeChangeErrors.NODE_DIRECTORY_TAKEN,
    `Cannot add the node pack ${change.id}: ${what}`,
    {
      hint: owner === undefined
        ? `Run comfydock node add --adopt "${
          stranger!.directory
        }" --env ${environment.name} to take it in as it is, or move it away`
        : `Run comfydock node remove ${owner} first`,
      details: { id: change.id, directory, owner },
    },
  );
}

function describe({ source, repository, registryId, version, linked }: NodeDirectory): string {
  if (linked) return "a link that leads elsewhere";
  if (source === "git") {
    return repository === undefined
      ? "a git working copy without a remote"
      : `a git working copy of ${repository}`;
  }
  if (source === "registry") return `${registryId} ${version ?? ""} that ComfyUI-Manager installed`;
  return "there already, and nobody says what it is";
}
