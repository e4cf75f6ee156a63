import type { NodeTarget } from "../../nodes/mod.ts";
import type { TrialOptions } from "./trial.ts";

/** Says exactly what a reference stands for; looks it up in the node index, the registry, or a repository. */
export type ResolveNode = (
  named: string,
  options?: { readonly git?: boolean; readonly dev?: boolean },
) => Promise<NodeTarget>;

/** How node packs are added. */
export interface AddRequest extends TrialOptions {
  /** Registry ids, addresses of repositories, paths; with `adopt`, directories. */
  readonly named: readonly string[];
  readonly resolve: ResolveNode;
  /** Takes in directories that are in `custom_nodes` already. */
  readonly adopt?: boolean;
  /** Takes the repository of a pack that the registry has. */
  readonly git?: boolean;
  /** The paths are packs in development, which stay where they are. */
  readonly dev?: boolean;
  /** Whether the packs get what they ask of Python; by default they do. */
  readonly deps?: boolean;
  readonly runScripts?: boolean;
  /** Whether `.venv` follows; by default it does. */
  readonly sync?: boolean;
  readonly dryRun?: boolean;
}
