import { mapConcurrent } from "../../base/mod.ts";
import type { ManifestModel } from "../../pyproject/mod.ts";
import { modelPath, statModel } from "../models/places.ts";
import type { EnvironmentState, EnvironmentWorld } from "../types.ts";
import { shorten } from "./packages.ts";
import type { RepairProblem } from "./types.ts";

const AT_ONCE = 16;

/** Looks for models that are missing; what gets them again is no repair's to start. */
export async function examineModelFiles(
  { models: directory, environment: { name } }: EnvironmentWorld,
  state: EnvironmentState | undefined,
): Promise<readonly RepairProblem[]> {
  const isThere = async ({ localPath }: ManifestModel) => {
    const path = localPath === undefined ? undefined : modelPath(directory, localPath);
    return path === undefined || await statModel(path) !== undefined;
  };
  const models = Object.values(state?.manifest.models ?? {});
  const there = await Array.fromAsync(mapConcurrent(models, isThere, { limit: AT_ONCE }));
  const missing = models.filter((_, at) => !there[at]);
  return (["required", "optional"] as const).flatMap((criticality): RepairProblem[] => {
    const names = missing.filter((one) => one.criticality === criticality).map(({ key }) => key);
    if (names.length === 0) return [];
    return [{
      part: "model_files",
      problem: `${criticality === "required" ? "Models" : "Optional models"} are missing: ${
        shorten(names)
      }`,
      hint: `Run comfydock model download --env ${name}`,
      told: criticality === "optional",
    }];
  });
}
