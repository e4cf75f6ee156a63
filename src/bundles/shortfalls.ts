import { ComfydockError } from "../base/mod.ts";
import type { RestoreReport } from "../environment/mod.ts";
import { bundleErrors } from "./errors.ts";
import type { BundleContent } from "./types.ts";

/** What of a new environment is not as it was where it comes from: one sentence each, without a full stop. */
export function outcomeShortfalls(
  { lockFits, comfyui, nodes }: RestoreReport,
  { manifest, lockText }: BundleContent,
): readonly string[] {
  return [
    ...lockText !== undefined && !lockFits ? ["Its uv.lock does not fit its pyproject.toml"] : [],
    ...comfyui.commit === manifest.environment.comfyuiCommit ? [] : ["ComfyUI is another commit"],
    ...nodes.filter(({ id, treeSha256 }) => {
      const wanted = manifest.nodes[id]?.treeSha256;
      return wanted !== undefined && treeSha256 !== undefined && wanted !== treeSha256;
    }).map(({ id }) => `The node pack ${id} has other files`),
  ];
}

/**
 * Refuses what a strict import would not give.
 *
 * @param from What is imported, as people named it.
 * @throws `BUNDLE_INEXACT` where there is anything
 */
export function refuseShortfalls(from: string, shortfalls: readonly string[]): void {
  const [first] = shortfalls;
  if (first === undefined) return;
  const more = shortfalls.length > 1 ? `, and ${shortfalls.length - 1} more` : "";
  throw new ComfydockError(
    bundleErrors.BUNDLE_INEXACT,
    `Cannot import "${from}" strictly: ${first}${more}`,
    {
      hint:
        "Export it again with a lock and --all-nodes or --offline-packages, or leave --strict out",
      details: { shortfalls },
    },
  );
}
