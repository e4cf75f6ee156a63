import type { TemplateEntry } from "../types.ts";

const INSTALLED = new Set(["local", "desktop", "mac", "windows"]);

/** Tells why a template is not in the Python packages, or nothing when it is. */
export function whyExcluded(
  { includeOnDistributions, requiresCustomNodes }: Pick<
    TemplateEntry,
    "includeOnDistributions" | "requiresCustomNodes"
  >,
): "distribution" | "custom nodes" | undefined {
  if (
    includeOnDistributions.length > 0 && !includeOnDistributions.some((one) => INSTALLED.has(one))
  ) {
    return "distribution";
  }
  return requiresCustomNodes.length > 0 ? "custom nodes" : undefined;
}
