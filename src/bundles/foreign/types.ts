import type { ComfyUISource } from "../../comfyui/mod.ts";
import type { Takeover, TakeoverTools } from "../../environment/takeover/mod.ts";

/** Whose format it is that another tool wrote. */
export type ForeignKind = "manager-snapshot" | "comfy-pack" | "comfygit";

/** What a file or directory of another tool says, in our words. */
export interface ForeignDescription {
  readonly kind: ForeignKind;
  /** Of the environment that it describes. */
  readonly name: string;
  readonly takeover: Takeover;
}

/** What is needed where something of another tool is opened. */
export interface ForeignTools
  extends Pick<TakeoverTools, "resolve" | "detectTorch" | "torchIndex" | "python"> {
  /** The build of PyTorch that was asked for; default what it says itself. */
  readonly torchBackend?: () => Promise<string | undefined>;
  /** Where ComfyUI comes from; default its own repository. */
  readonly comfyui?: () => Promise<ComfyUISource | undefined>;
  /** Of the new environment; default what it says itself. */
  readonly name?: string;
}
