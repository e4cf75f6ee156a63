import { ComfydockError } from "../../base/mod.ts";
import { editManifest, MAX_MANIFEST_BYTES, readManifest } from "../../pyproject/mod.ts";
import { lookAt } from "../../workspace/mod.ts";
import { branchErrors, planFiles, readSafeTree, refuseLost } from "../branches/mod.ts";
import { resolveRevision } from "../diff/mod.ts";
import { filePath, type FileStep, requireHistory, uncommitted } from "../history/mod.ts";
import type { EnvironmentWorld } from "../types.ts";
import { mergeErrors } from "./errors.ts";
import { mergeSnapshots } from "./three_way.ts";
import type { MergeChange, MergeChoice, MergeConflict, Snapshot } from "./types.ts";

/** What shall be merged. */
export interface MergeRequest {
  readonly revision: string;
  /** How messages call it; default the revision. */
  readonly label?: string;
  /** Which side counts where both have changed the same. */
  readonly choice?: MergeChoice;
  /** Default `merge`. */
  readonly command?: string;
}

/** How a revision comes into an environment. */
export interface MergePlan {
  /** `current`: there is nothing new; `forward`: only the other side has new commits. */
  readonly kind: "current" | "forward" | "merge";
  readonly label: string;
  readonly ours: string;
  readonly theirs: string;
  readonly base: string;
  readonly changes: readonly MergeChange[];
  readonly conflicts: readonly MergeConflict[];
  /** What happens to files of `.cec`; in a `merge`, to others than manifest and lock. */
  readonly files: readonly FileStep[];
  /** Files that are in no commit and in the way. */
  readonly inTheWay: readonly string[];
  /** The merged manifest, ours in conflicts that nobody has decided; only in a `merge`. */
  readonly manifestText?: string;
  /** Git's id of the lock that the resolution of a `merge` starts from. */
  readonly startLock?: string;
}

const OWN_FILES = ["pyproject.toml", "uv.lock"];

/**
 * Decides how a revision comes into an environment.
 *
 * @throws `REVISION_NOT_FOUND`, `HISTORIES_UNRELATED`, `REVISION_UNSAFE`, `MANIFEST_INVALID`
 */
export async function planMerge(
  world: EnvironmentWorld,
  { revision, label = revision, choice }: MergeRequest,
): Promise<MergePlan> {
  const { git, environment: { cec } } = world;
  await requireHistory(world);
  const [ours, theirs] = [
    await resolveRevision(world, "HEAD"),
    await resolveOther(world, revision),
  ];
  const base = await git.mergeBase(cec, ours, theirs);
  if (base === undefined) throw unrelated(world, label);
  const common = { label, ours, theirs, base };
  if (base === theirs) {
    return { kind: "current", ...common, changes: [], conflicts: [], files: [], inTheWay: [] };
  }
  const sides = {
    base: await readSnapshot(world, base),
    ours: await readSnapshot(world, ours),
    theirs: await readSnapshot(world, theirs),
  };
  const { tables, files, changes, conflicts } = mergeSnapshots(sides, choice);
  if (base === ours) {
    const { steps, lost } = await planFiles(world, ours, theirs);
    return { kind: "forward", ...common, changes, conflicts, files: steps, inTheWay: lost };
  }
  const steps = files.map((path): FileStep => ({
    path,
    action: sides.theirs.files.has(path) ? "write" : "remove",
    trash: false,
  }));
  const manifestText = editManifest(sides.ours.manifestText, [() => tables], "pyproject.toml");
  // Who has changed the lock, such as by an upgrade, has chosen its versions.
  const startLock = sides.ours.lock === sides.base.lock ? sides.theirs.lock : sides.ours.lock;
  return {
    kind: "merge",
    ...common,
    changes,
    conflicts,
    files: steps,
    inTheWay: await unsaved(world, steps, sides.ours.files),
    manifestText,
    startLock,
  };
}

// The name of a branch that only a remote has stands for what was last seen of it.
async function resolveOther(world: EnvironmentWorld, revision: string): Promise<string> {
  const { git, environment: { cec } } = world;
  if (await git.resolve(cec, revision) === undefined) {
    const seen = (await git.branches(cec)).filter(({ name, remote }) =>
      remote !== undefined && name === revision
    );
    if (seen.length === 1) return seen[0]!.commit;
  }
  return await resolveRevision(world, revision);
}

interface ReadSnapshot extends Snapshot {
  readonly manifestText: string;
  /** Git's id of the lock. */
  readonly lock?: string;
}

async function readSnapshot(world: EnvironmentWorld, commit: string): Promise<ReadSnapshot> {
  const files = new Map(await readSafeTree(world, commit));
  const [manifest, lock] = OWN_FILES.map((path) => files.get(path));
  for (const path of OWN_FILES) files.delete(path);
  if (manifest === undefined) throw noManifest(commit);
  const bytes = await world.git.readBlob(world.environment.cec, manifest);
  if (bytes.length > MAX_MANIFEST_BYTES) throw noManifest(commit);
  const manifestText = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  const { tables } = readManifest(manifestText, `pyproject.toml of ${commit.slice(0, 8)}`);
  return { tables, files, manifestText, lock };
}

function noManifest(commit: string): ComfydockError {
  return new ComfydockError(
    branchErrors.REVISION_UNSAFE,
    `Cannot merge ${commit.slice(0, 8)}: it has no pyproject.toml that could be read`,
    { hint: "Name a revision of an environment", details: { commit } },
  );
}

/** What is in no commit: any change of a file of ours, and what lies where a new file shall come. */
async function unsaved(
  world: EnvironmentWorld,
  steps: readonly FileStep[],
  known: ReadonlyMap<string, string>,
): Promise<readonly string[]> {
  const open = await uncommitted(world);
  const changed = open.filter(({ kind }) => kind !== "untracked").map(({ path }) => path);
  const found = new Set(changed);
  for (const { path } of steps) {
    if (!known.has(path) && await lookAt(filePath(world.environment.cec, path))) found.add(path);
  }
  return [...found].sort();
}

/**
 * Refuses a plan that cannot be carried out as it is.
 *
 * @throws `MERGE_CONFLICT` where nobody has chosen, `CHANGES_NOT_COMMITTED`
 */
export function requireMergeable(
  world: EnvironmentWorld,
  { label, conflicts, inTheWay }: MergePlan,
  command: string,
): void {
  refuseLost(world, inTheWay, { doing: `merge "${label}"` });
  const open = conflicts.filter(({ chosen }) => chosen === undefined);
  if (open.length === 0) return;
  const words = command === "merge" ? `merge ${label}` : command;
  throw new ComfydockError(
    mergeErrors.MERGE_CONFLICT,
    `Cannot merge "${label}": both sides have changed ${
      open.slice(0, NAMED).map(({ kind, key }) => `the ${kind} ${key}`).join(", ")
    }${open.length > NAMED ? ` and ${open.length - NAMED} more` : ""}`,
    {
      hint:
        `Run comfydock ${words} --ours to keep what is here, or --theirs to take what comes in; ` +
        "all else is merged",
      details: { conflicts: open.map(({ kind, key }) => ({ kind, key })) },
    },
  );
}

const NAMED = 5;

function unrelated({ environment: { name } }: EnvironmentWorld, label: string): ComfydockError {
  return new ComfydockError(
    mergeErrors.HISTORIES_UNRELATED,
    `Cannot merge "${label}" into "${name}": the two histories have no commit in common`,
    { hint: "Import it as an environment of its own: comfydock import SOURCE", details: { label } },
  );
}
