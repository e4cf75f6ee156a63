import { ComfydockError } from "../../base/mod.ts";
import { lookAt } from "../../workspace/mod.ts";
import { resolveRevision } from "../diff/mod.ts";
import { filePath, type FileStep, uncommitted } from "../history/mod.ts";
import type { EnvironmentWorld } from "../types.ts";
import { branchErrors } from "./errors.ts";
import { branchNotFound, checkNewBranch, listBranches } from "./list.ts";
import { readSafeTree } from "./safe_tree.ts";

/** How the files of `.cec` come to another commit. */
export interface FilePlan {
  readonly steps: readonly FileStep[];
  /** What is in no commit and would be lost; its step has `trash`. */
  readonly lost: readonly string[];
  /** What is in no commit and stays as it is. */
  readonly kept: readonly string[];
}

/** How an environment gets onto another branch. */
export interface SwitchPlan extends FilePlan {
  readonly branch: string;
  /** The branch that it is on now; absent where HEAD is at a commit only. */
  readonly from?: string;
  /** The newest commit now. */
  readonly head: string;
  readonly commit: string;
  readonly created: boolean;
  /** The remote whose branch of the same name the new one follows. */
  readonly follows?: string;
}

/**
 * Decides how an environment gets onto a branch.
 *
 * A branch that only one remote has is made here, and follows it.
 *
 * @param options `create` makes a new branch at the newest commit.
 * @throws `BRANCH_NOT_FOUND`, `BRANCH_INVALID`, `BRANCH_EXISTS`, `REVISION_UNSAFE`
 */
export async function planSwitch(
  world: EnvironmentWorld,
  branch: string,
  { create = false }: { readonly create?: boolean } = {},
): Promise<SwitchPlan> {
  const { branches, remote } = await listBranches(world);
  const head = await resolveRevision(world, "HEAD");
  const from = branches.find(({ current }) => current)?.name;
  const own = branches.find(({ name }) => name === branch);
  if (create || !own) {
    const theirs = create ? [] : remote.filter(({ name }) => isOf(name, branch));
    const [there, ...others] = theirs;
    if (!create && (!there || others.length > 0)) throw branchNotFound(world, branch);
    await checkNewBranch(world, branch);
    const commit = there?.commit ?? head;
    const follows = there?.name.split("/")[0];
    const files = await planFiles(world, head, commit);
    return { ...files, branch, from, head, commit, created: true, follows };
  }
  const files = await planFiles(world, head, own.commit);
  return { ...files, branch, from, head, commit: own.commit, created: false };
}

function isOf(remoteBranch: string, branch: string): boolean {
  return remoteBranch.slice(remoteBranch.indexOf("/") + 1) === branch;
}

/**
 * Decides how the files of `.cec` come from one commit to another; what is not committed stays where it can.
 *
 * @throws `REVISION_UNSAFE`
 */
export async function planFiles(
  world: EnvironmentWorld,
  from: string,
  to: string,
): Promise<FilePlan> {
  const { git, environment: { cec } } = world;
  const open = new Set((await uncommitted(world)).map(({ path }) => path));
  if (from === to) return { steps: [], lost: [], kept: [...open].sort() };
  await readSafeTree(world, to);
  const steps: FileStep[] = [];
  for (const { path, change } of await git.differences(cec, from, to)) {
    // Ignored files are in the way, too.
    const unsaved = open.has(path) || change === "A";
    const trash = unsaved && await wouldBeLost(world, path, to);
    steps.push({ path, action: change === "D" ? "remove" : "write", trash });
  }
  const touched = new Set(steps.map(({ path }) => path));
  return {
    steps,
    lost: steps.filter(({ trash }) => trash).map(({ path }) => path),
    kept: [...open].filter((path) => !touched.has(path)).sort(),
  };
}

async function wouldBeLost(
  { git, environment: { cec } }: EnvironmentWorld,
  path: string,
  commit: string,
): Promise<boolean> {
  const target = filePath(cec, path);
  const info = await lookAt(target);
  if (!info) return false;
  const wanted = await git.readFile(cec, commit, path);
  if (!info.isFile || wanted?.length !== info.size) return true;
  const there = await Deno.readFile(target);
  return there.some((byte, at) => byte !== wanted[at]);
}

const NAMED = 5;

/**
 * Refuses to go on where files that are in no commit would be lost.
 *
 * @param doing What was to be done, such as `switch to "main"`.
 * @param hint What else can be done about it.
 * @throws `CHANGES_NOT_COMMITTED`
 */
export function refuseLost(
  { environment: { name } }: EnvironmentWorld,
  paths: readonly string[],
  { doing, hint = "" }: { readonly doing: string; readonly hint?: string },
): void {
  if (paths.length === 0) return;
  const more = paths.length > NAMED ? ` and ${paths.length - NAMED} more` : "";
  throw new ComfydockError(
    branchErrors.CHANGES_NOT_COMMITTED,
    `Cannot ${doing}: changes that are in no commit would be lost (${
      paths.slice(0, NAMED).join(", ")
    }${more})`,
    {
      hint: `Run comfydock commit -m MSG --env ${name} first${hint}`,
      details: { paths: paths.slice(0, 100) },
    },
  );
}
