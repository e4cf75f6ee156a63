import { join } from "node:path";
import {
  checkoutComfyUI,
  type CheckoutState,
  obtainComfyUI,
  readCheckoutState,
  recordedComfyUISource,
} from "../../comfyui/mod.ts";
import { lookAt, type Transaction } from "../../workspace/mod.ts";
import { linkModels } from "../comfyui/models_link.ts";
import { type ModelsState, readModelsState } from "../comfyui/models_state.ts";
import { moveComfyUI } from "../comfyui/move.ts";
import { comfyuiWorld } from "../comfyui/world.ts";
import type { EnvironmentState, EnvironmentWorld } from "../types.ts";
import { failureOf } from "./failure.ts";
import { isDamage } from "./history.ts";
import { shorten } from "./packages.ts";
import type { RepairProblem } from "./types.ts";

interface Recorded {
  readonly commit: string;
  readonly repository: string;
  readonly command: string;
}

/** Looks whether ComfyUI is there with its git repository. */
export async function examineComfyUI(
  world: EnvironmentWorld,
  state: EnvironmentState | undefined,
): Promise<readonly RepairProblem[]> {
  if (!state) return [];
  const { comfyuiCommit: commit, comfyuiRepository: repository } = state.manifest.environment;
  if (commit === undefined || repository === undefined) {
    return [{
      part: "comfyui",
      problem: "The manifest does not say which ComfyUI this is",
      hint: "Set comfyui_commit and comfyui_repository in [tool.comfydock] of pyproject.toml",
    }];
  }
  const recorded = { commit, repository, command: "repair" };
  const found = await readState(world);
  if (found.status === "missing") {
    return [{
      part: "comfyui",
      problem: "ComfyUI is missing",
      remedy: `check it out anew at ${commit.slice(0, 8)}`,
      fix: (transaction) => moveComfyUI(world, transaction, recorded),
    }];
  }
  if (found.status !== "present" || found.commit === undefined) {
    return [{
      part: "comfyui",
      problem: found.status === "no_git"
        ? "ComfyUI's own git repository is missing"
        : "ComfyUI's own git repository is damaged",
      remedy: "put one from the mirror in its place, and leave the files as they are",
      fix: (transaction) => replaceRepository(world, transaction, recorded),
    }];
  }
  return [];
}

/** Looks whether ComfyUI is at the commit of the manifest, and as that commit has it. */
export async function examineComfyUIVersion(
  world: EnvironmentWorld,
  state: EnvironmentState | undefined,
): Promise<readonly RepairProblem[]> {
  const { comfyuiCommit: commit, comfyuiRepository: repository } = state?.manifest.environment ??
    {};
  if (commit === undefined || repository === undefined) return [];
  const found = await readState(world);
  if (found.status !== "present" || found.commit === undefined) return [];
  const deleted = await deletedFiles(world, found.changed);
  const local = [...found.changed.filter((path) => !deleted.includes(path)), ...found.untracked];
  const { comfyui } = world.environment;
  const away = `Commit, stash or discard them with git in "${comfyui}"`;
  const at = `at ${found.commit.slice(0, 8)} and not at ${commit.slice(0, 8)}`;
  if (found.commit !== commit) {
    if (local.length > 0) {
      return [{
        part: "comfyui",
        problem: `ComfyUI is ${at}, and has local changes: ${shorten(local)}`,
        hint: `${away}, then run comfydock repair again`,
      }];
    }
    return [{
      part: "comfyui",
      problem: `ComfyUI is ${at}`,
      remedy: `return to ${commit.slice(0, 8)}`,
      fix: (transaction) =>
        moveComfyUI(world, transaction, { commit, repository, command: "repair" }),
    }];
  }
  if (local.length === 0) return [];
  const problem = `ComfyUI has local changes: ${shorten(local)}`;
  return [{ part: "comfyui", problem, hint: `${away} if they are not wanted`, told: true }];
}

type FoundState = CheckoutState | { readonly status: "damaged" };

async function readState({ git, environment: { comfyui } }: EnvironmentWorld): Promise<FoundState> {
  try {
    return await readCheckoutState(git, comfyui);
  } catch (error) {
    if (isDamage(failureOf(error))) return { status: "damaged" };
    throw error;
  }
}

// Whatever differs then from the commit shows as a change, which nobody overwrites.
async function replaceRepository(
  world: EnvironmentWorld,
  transaction: Transaction,
  { commit, repository, command }: Recorded,
): Promise<void> {
  const source = await recordedComfyUISource(repository);
  const surroundings = comfyuiWorld(world, command);
  await obtainComfyUI(surroundings, source, commit);
  const staged = await transaction.stagePath();
  await checkoutComfyUI(surroundings, source, commit, staged);
  const { comfyui } = world.environment;
  await transaction.replace(join(comfyui, ".git"), join(staged, ".git"), { keep: "trash" });
}

/** Looks whether files of ComfyUI were deleted; nobody means that, and nothing is overwritten by their return. */
export async function examineComfyUIFiles(
  world: EnvironmentWorld,
): Promise<readonly RepairProblem[]> {
  const { git, environment: { comfyui } } = world;
  const found = await readState(world);
  if (found.status !== "present" || found.commit === undefined) return [];
  const { commit } = found;
  const deleted = await deletedFiles(world, found.changed);
  if (deleted.length === 0) return [];
  return [{
    part: "comfyui",
    problem: `Files of ComfyUI are missing: ${shorten(deleted)}`,
    remedy: "write them as the commit has them",
    fix: async (transaction) => {
      for (const path of deleted) {
        const content = await git.readFile(comfyui, commit, path);
        if (content) await transaction.writeFile(join(comfyui, ...path.split("/")), content);
      }
    },
  }];
}

async function deletedFiles(
  { git, environment: { comfyui } }: EnvironmentWorld,
  changed: readonly string[],
): Promise<readonly string[]> {
  if (changed.length === 0) return [];
  const { entries } = await git.status(comfyui);
  return entries
    .filter(({ kind, index, worktree }) => kind === "changed" && index === "." && worktree === "D")
    .map(({ path }) => path).filter((path) => changed.includes(path));
}

const MODELS_PROBLEMS: Readonly<Partial<Record<ModelsState, string>>> = {
  missing: "ComfyUI/models is missing",
  broken: "ComfyUI/models is a link that leads nowhere",
  unlisted: "ComfyUI/models is no link to the models",
  outdated: "ComfyUI/extra_model_paths.yaml does not name all models",
};

/** Looks whether ComfyUI finds the models; a link that leads elsewhere is somebody's will. */
export async function examineModels(
  { environment: { comfyui }, models, report }: EnvironmentWorld,
): Promise<readonly RepairProblem[]> {
  if (!await lookAt(comfyui)) return [];
  const state = await readModelsState(models, comfyui);
  const problem = MODELS_PROBLEMS[state];
  if (problem === undefined) return [];
  return [{
    part: "models",
    problem,
    remedy: state === "outdated" ? "write it anew" : `link it to "${models}"`,
    fix: async () => {
      await Deno.mkdir(models, { recursive: true });
      await linkModels(models, comfyui, report);
    },
  }];
}
