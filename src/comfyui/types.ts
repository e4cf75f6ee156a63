import type { Reporter } from "../base/mod.ts";
import type { Git, ResolvedRef } from "../tools/mod.ts";

/** A git repository of ComfyUI. */
export interface ComfyUISource {
  /** What git reads from: a URL, or an absolute path. */
  readonly url: string;
  /** The same without credentials, to be recorded and shown. */
  readonly publicUrl: string;
  /** Name of its mirror's directory, such as `comfyui-1f0c2ab9.git`; equal for all spellings of one repository. */
  readonly mirror: string;
}

/** A version of ComfyUI that the mirror holds; the commit is what gets recorded, so that a branch does not float. */
export type ComfyUIVersion = ResolvedRef;

/** What getting ComfyUI asks of the outside world. */
export interface ComfyUIWorld {
  readonly git: Git;
  /** Directory of the mirrors; made when it is missing. */
  readonly mirrors: string;
  /** Keeps other processes from the mirror of this name while the work goes on. */
  readonly exclusively: <Result>(name: string, work: () => Promise<Result>) => Promise<Result>;
  /** Whether the network is switched off. */
  readonly offline: boolean;
  readonly report: Reporter;
}
