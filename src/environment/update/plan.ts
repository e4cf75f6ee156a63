import { ComfydockError } from "../../base/mod.ts";
import {
  type ComfyUIFacts,
  type ComfyUIVersion,
  type CommitsBetween,
  isSupportedPython,
} from "../../comfyui/mod.ts";
import {
  editManifest,
  type EnvironmentFacts,
  setDependencies,
  setEnvironmentFacts,
} from "../../pyproject/mod.ts";
import { diffRequirements, type RequirementChange } from "../diff/manifests.ts";
import { environmentErrors } from "../errors.ts";
import type { EnvironmentState } from "../types.ts";
import { mergeRequirements } from "./merge.ts";

/** The ComfyUI of an environment, as its manifest has it. */
export type RecordedComfyUI = Pick<
  EnvironmentFacts,
  "comfyuiVersion" | "comfyuiRefType" | "comfyuiCommit"
>;

/** What is known when an update is planned. */
export interface UpdateFacts {
  readonly to: ComfyUIVersion;
  /** The present ComfyUI; absent where it cannot be told any more. */
  readonly old?: ComfyUIFacts;
  readonly new: ComfyUIFacts;
  readonly between: CommitsBetween;
}

/** What an update does. */
export interface UpdatePlan extends UpdateFacts {
  readonly manifestText: string;
  readonly from: RecordedComfyUI;
  /** What changes among the environment's own requirements. */
  readonly requirements: readonly RequirementChange[];
  /** Requirements that people have changed, and that ComfyUI has changed otherwise. */
  readonly kept: readonly RequirementChange[];
}

/**
 * Decides what a new ComfyUI changes in the manifest; groups of nodes stay as they are.
 *
 * @param path The manifest's path, for messages.
 * @throws `PYTHON_UNSUITABLE` when the new ComfyUI excludes the environment's Python
 */
export function planUpdate(
  { manifest, manifestText }: Pick<EnvironmentState, "manifest" | "manifestText">,
  facts: UpdateFacts,
  path: string,
): UpdatePlan {
  const { environment, project } = manifest;
  refuseExcludedPython(environment, facts);
  const merged = mergeRequirements({
    ours: project.dependencies,
    base: facts.old?.requirements,
    theirs: facts.new.requirements,
  });
  const { name, kind, commit } = facts.to;
  return {
    ...facts,
    manifestText: editManifest(manifestText, [
      setDependencies(merged.requirements),
      setEnvironmentFacts({
        ...environment,
        comfyuiVersion: name,
        comfyuiRefType: kind,
        comfyuiCommit: commit,
      }),
    ], path),
    from: environment,
    requirements: diffRequirements(project.dependencies, merged.requirements),
    kept: merged.kept,
  };
}

/**
 * The version that an update without one goes to: a branch moves to its newest commit, everything else to the latest
 * release.
 */
export function defaultTarget({ comfyuiVersion, comfyuiRefType }: RecordedComfyUI): string {
  return comfyuiRefType === "branch" ? comfyuiVersion ?? "latest" : "latest";
}

// A Python that the present ComfyUI excludes as well was somebody's will.
function refuseExcludedPython(
  { pythonVersion }: EnvironmentFacts,
  { old, new: wanted, to }: UpdateFacts,
): void {
  const supports = (facts: ComfyUIFacts) =>
    isSupportedPython(pythonVersion!, { ...facts.python, newest: "3.99" });
  if (pythonVersion === undefined || supports(wanted) || (old && !supports(old))) return;
  throw new ComfydockError(
    environmentErrors.PYTHON_UNSUITABLE,
    `Cannot update to ComfyUI ${to.name}: it needs Python ${wanted.python.requires}, the environment has ${pythonVersion}`,
    {
      hint: `Create another environment with --python ${wanted.python.fallback}`,
      details: { python: pythonVersion, requires: wanted.python.requires },
    },
  );
}
