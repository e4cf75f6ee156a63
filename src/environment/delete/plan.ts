import type { EnvironmentLayout } from "../../workspace/mod.ts";
import type { DeletePlan, EnvironmentSurvey } from "./types.ts";

/**
 * Decides what becomes of each part of an environment that goes.
 *
 * @param survey What could not be had again.
 * @param options `purge` keeps nothing; `active` is the active environment of the workspace.
 */
export function planDelete(
  { name, root }: EnvironmentLayout,
  { kept, logs }: EnvironmentSurvey,
  { purge, active }: { readonly purge: boolean; readonly active?: string },
): DeletePlan {
  return { name, path: root, purge, kept: purge ? [] : kept, logs, wasActive: active === name };
}
