import type { AnswerCache } from "../../http/answers/mod.ts";
import type { HttpClient } from "../../http/mod.ts";
import type { Reporter } from "../../base/mod.ts";
import type { NodeIndex } from "../types.ts";

/** What is known of a package now. */
export interface PackageFacts {
  readonly id: string;
  readonly name: string;
  /** `core` is ComfyUI itself; `manager` a package that only ComfyUI-Manager lists, which comes by git. */
  readonly source: "registry" | "manager" | "core";
  readonly author?: string;
  readonly description?: string;
  /** Name of the licence, or the file that holds it. */
  readonly license?: string;
  readonly repository?: string;
  readonly tags: readonly string[];
  readonly downloads?: number;
  readonly stars?: number;
  /** As the registry says it. */
  readonly status?: string;
  /** False when the registry was asked and does not list it. */
  readonly listed: boolean;
  /** Newest first. */
  readonly versions: readonly PackageVersion[];
  /** Where this comes from: the registry's answer, a kept one, or the node index, which may be older. */
  readonly from: "network" | "cache" | "stale" | "index";
}

/** One version of a package. */
export interface PackageVersion {
  readonly version: string;
  /** Neither deprecated nor withdrawn. */
  readonly live: boolean;
  readonly deprecated: boolean;
  /** As the registry says it. */
  readonly status?: string;
  /** RFC 3339. */
  readonly released?: string;
  readonly downloadUrl?: string;
  /** Requirements as the registry lists them. */
  readonly dependencies: readonly string[];
  readonly changelog?: string;
  /** Empty when it says nothing, as with most. */
  readonly supportedOs: readonly string[];
  readonly supportedAccelerators: readonly string[];
  /** Condition on ComfyUI's version, such as `>=0.3.40`. */
  readonly supportedComfyui?: string;
}

/** What facts about packages are read with. */
export interface PackageWorld {
  readonly index: NodeIndex;
  /** The Comfy Registry. */
  readonly registryUrl: string;
  readonly answers: AnswerCache;
  /** How old a kept answer may be, in milliseconds; default ten minutes. With 0, each is asked for again. */
  readonly maxAgeMs?: number;
  /** Opens a client when one is first needed. */
  http(): Promise<HttpClient>;
  readonly report: Reporter;
  readonly signal?: AbortSignal;
}

/** Facts about packages; equal questions are asked once. */
export interface PackageReader {
  /**
   * What is known of a package; nothing when neither the registry nor the index knows it.
   *
   * @throws What the client throws, when the registry cannot be reached and the index does not know the package.
   */
  read(id: string): Promise<PackageFacts | undefined>;
  /** Class names of a version: the index's, else the registry's; nothing when neither can tell. */
  classesOf(id: string, version?: string): Promise<readonly string[]>;
}
