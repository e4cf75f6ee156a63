import type { WorkspaceFacts } from "../../workspace/mod.ts";
import type { EnvironmentWorld } from "../types.ts";

/** How much a finding matters; only an `error` is a failure. */
export type Severity = "ok" | "info" | "warning" | "error";

/** The sides of a workspace and its machine that are looked at. */
export type CheckName =
  | "git"
  | "uv"
  | "python"
  | "disk"
  | "workspace"
  | "environments"
  | "journal"
  | "leftovers"
  | "links"
  | "indexes"
  | "credentials"
  | "torch"
  | "network";

/** What settles a finding; none of it deletes what cannot be made again. */
export type Fix =
  /** Fetches uv into the workspace. */
  | { readonly kind: "uv" }
  /** Makes the directories of a workspace that are missing. */
  | { readonly kind: "directories" }
  /** Makes one directory. */
  | { readonly kind: "directory"; readonly path: string }
  /** No environment is active any more. */
  | { readonly kind: "deactivate" }
  /** Ends commands that were cut off. */
  | { readonly kind: "recover" }
  /** Removes what a killed program was still writing. */
  | { readonly kind: "remove"; readonly path: string }
  /** Moves damaged files to the trash; they are made anew. */
  | { readonly kind: "trash"; readonly paths: readonly string[] }
  /** Lets an environment's ComfyUI find the models of the workspace. */
  | { readonly kind: "link"; readonly environment: string }
  /** Takes everybody else's rights to a file away. */
  | { readonly kind: "private"; readonly path: string };

/** One thing that was looked at. */
export interface Finding {
  readonly check: CheckName;
  readonly severity: Severity;
  /** One sentence without full stop. */
  readonly message: string;
  /** The command or change that helps; there with every warning and error. */
  readonly hint?: string;
  readonly fix?: Fix;
}

/** Something that is asked whether it can be reached. */
export interface Address {
  /** The setting that names it, such as `registry_url`. */
  readonly setting: string;
  readonly url: string;
}

/** What a look at a workspace and its machine needs. */
export interface DoctorWorld extends Omit<EnvironmentWorld, "environment"> {
  readonly facts: WorkspaceFacts;
  /** uv as the settings name it. */
  readonly uvPath?: string;
  readonly uvCache: string;
  readonly addresses: readonly Address[];
  /** Directory of the user's own configuration; absent where the user has no home directory. */
  readonly userDirectory?: string;
}

/** Looks at one side. */
export type Check = (world: DoctorWorld) => Promise<readonly Finding[]>;
