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
  extends Partial<Pick<TakeoverTools, "comfyui">>, Pick<TakeoverTools, "resolve" | "detectTorch"> {
  /** Of the new environment; default what it says itself. */
  readonly name?: string;
}
