import {
  parseManagerSnapshot,
  type TakeoverFinding,
  torchBackendOf,
} from "../../environment/takeover/mod.ts";
import { tellComfyUI } from "./findings.ts";
import type { ForeignDescription } from "./types.ts";

/**
 * Tells a snapshot of ComfyUI-Manager in our words; it knows no models, no workflows and no Python.
 *
 * @param value What was parsed from JSON or YAML.
 * @param name Of the environment to be.
 * @param named What messages call it.
 * @throws `DATA_INVALID`
 */
export function describeSnapshot(value: unknown, name: string, named: string): ForeignDescription {
  const { comfyui, packs, packages, findings } = parseManagerSnapshot(value);
  return {
    kind: "manager-snapshot",
    name,
    takeover: {
      named,
      comfyui: comfyui ?? "latest",
      torchBackend: torchBackendOf(packages),
      packs,
      packages,
      requirements: [],
      constraints: [],
      models: [],
      workflows: [],
      findings: [tellComfyUI(comfyui), ...findings, NO_MODELS],
    },
  };
}

const NO_MODELS: TakeoverFinding = {
  part: "models",
  certainty: "unknown",
  subject: "models and workflows",
  message: "A snapshot of ComfyUI-Manager names none",
};
