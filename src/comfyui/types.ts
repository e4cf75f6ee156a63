import type { ResolvedRef } from "../tools/mod.ts";
import type { MirrorSource, MirrorWorld } from "../workspace/mirrors/mod.ts";

/** A git repository of ComfyUI. */
export interface ComfyUISource extends MirrorSource {
  /** Its address without credentials, to be recorded and shown. */
  readonly publicUrl: string;
}

/** A version of ComfyUI that the mirror holds; the commit is what gets recorded, so that a branch does not float. */
export type ComfyUIVersion = ResolvedRef;

/** What getting ComfyUI asks of the outside world. */
export interface ComfyUIWorld extends MirrorWorld {
  /** Whether the network is switched off. */
  readonly offline: boolean;
}
