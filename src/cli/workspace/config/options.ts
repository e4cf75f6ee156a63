import type { OptionDefinitions } from "../../types.ts";
import { answerOptions } from "../setup/options.ts";

/** Options that say which file is meant. */
export const layerOptions = {
  user: { kind: "boolean", brief: "Your own settings, for all workspaces" },
} as const satisfies OptionDefinitions;

/** Options of `config` itself: the answers to its questions. */
export const setupOptions = {
  ...layerOptions,
  "models-dir": { kind: "text", value: "DIR", brief: "The directory that holds your models" },
  ...answerOptions,
} as const satisfies OptionDefinitions;
