import { readCheckoutState } from "../../comfyui/mod.ts";
import { readModelsState } from "../comfyui/models_state.ts";
import type { EnvironmentWorld } from "../types.ts";
import { inspectRequirements } from "./requirements.ts";
import type { Difference, StatusFacts } from "./types.ts";

/** Looks at the working copy of ComfyUI, and at the link to the models. */
export async function inspectComfyUI(facts: StatusFacts): Promise<readonly Difference[]> {
  const { world, state } = facts;
  const { git, environment: { name, comfyui } } = world;
  const expected = state.manifest.environment.comfyuiCommit;
  const repair = `comfydock repair --env ${name}`;
  const found = await readCheckoutState(git, comfyui);
  if (found.status === "missing") {
    return [{
      kind: "comfyui_missing",
      subject: "ComfyUI",
      expected,
      severity: "error",
      settle: repair,
    }];
  }
  const link = await inspectModels(world, repair);
  if (found.status === "no_git") {
    return [{
      kind: "comfyui_no_git",
      subject: "ComfyUI",
      expected,
      severity: "error",
      settle: repair,
    }, ...link];
  }
  const moved: readonly Difference[] = expected === undefined || found.commit === expected ? [] : [{
    kind: "comfyui_commit",
    subject: "ComfyUI",
    expected,
    found: found.commit,
    severity: "error",
    settle: repair,
  }];
  // Another commit, or changed lines, asks for something else.
  const isItsOwn = moved.length === 0 && !found.changed.includes("requirements.txt");
  const local = [
    ...found.changed.map((path) => [path, "changed"]),
    ...found.untracked.map((path) => [path, "new"]),
  ];
  return [
    ...moved,
    ...isItsOwn ? await inspectRequirements(facts) : [],
    ...local.map(([path = "", what]): Difference => ({
      kind: "comfyui_changed",
      subject: `ComfyUI/${path}`,
      found: what,
      severity: "warning",
      settle: `git -C "${comfyui}" stash --include-untracked`,
    })),
    ...link,
  ];
}

async function inspectModels(
  { models, environment: { comfyui } }: EnvironmentWorld,
  settle: string,
): Promise<readonly Difference[]> {
  const state = await readModelsState(models, comfyui);
  if (state === "found" || state === "theirs") return [];
  return [{ kind: "models_unlinked", subject: "ComfyUI/models", severity: "warning", settle }];
}
