import type { Manifest } from "../../pyproject/mod.ts";
import { requiredPackage } from "../diff/manifests.ts";
import { readComfyUIRequirements } from "../manifest_change/owners.ts";
import type { Difference, StatusFacts } from "./types.ts";

/** Finds what the working copy of ComfyUI asks for and nothing in the manifest names; people may mean it so. */
export async function inspectRequirements(
  { world: { environment: { name, comfyui } }, state: { manifest } }: StatusFacts,
): Promise<readonly Difference[]> {
  const named = new Set(requirementsOf(manifest).map(requiredPackage));
  const asked = await readComfyUIRequirements(comfyui) ?? [];
  const missing = asked.filter((requirement) => !named.has(requiredPackage(requirement)));
  const words = missing.map((requirement) => `"${requirement.replaceAll('"', "'")}"`);
  const settle = `comfydock py add --env ${name} ${words.join(" ")}`;
  return missing.map((expected) => ({
    kind: "requirement_missing",
    subject: requiredPackage(expected),
    expected,
    severity: "warning",
    settle,
  }));
}

function requirementsOf({ project, groups }: Manifest): readonly string[] {
  const grouped = Object.values(groups).flat().filter((item) => typeof item === "string");
  return [...project.dependencies, ...grouped];
}
