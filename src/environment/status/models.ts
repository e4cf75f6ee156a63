import { mapConcurrent } from "../../base/mod.ts";
import type { ManifestModel } from "../../pyproject/mod.ts";
import { modelPath, statModel } from "../models/places.ts";
import type { Difference, StatusFacts } from "./types.ts";

const AT_ONCE = 16;

/** Looks whether the models are where the manifest has them, and of the size it says; nothing is hashed. */
export async function inspectModelFiles(
  { world, state: { manifest } }: StatusFacts,
): Promise<readonly Difference[]> {
  const inspect = (model: ManifestModel) => inspectOne(world.models, model, world.environment.name);
  const found = await Array.fromAsync(
    mapConcurrent(Object.values(manifest.models), inspect, { limit: AT_ONCE }),
  );
  return found.flat();
}

async function inspectOne(
  models: string,
  model: ManifestModel,
  environment: string,
): Promise<readonly Difference[]> {
  const { key, localPath: subject, size, criticality } = model;
  if (subject === undefined) return [];
  const env = `--env ${environment}`;
  const path = modelPath(models, subject);
  if (path === undefined) {
    const settle = `comfydock model remove ${JSON.stringify(key)} ${env}`;
    return [{ kind: "model_outside", subject, severity: "error", settle }];
  }
  const info = await statModel(path);
  if (!info) {
    const severity = criticality === "required" ? "error" : "warning";
    const settle = `comfydock model download ${env}`;
    return [{ kind: "model_missing", subject, severity, settle }];
  }
  if (info.isDirectory || size === undefined || info.size === size) return [];
  return [{
    kind: "model_size",
    subject,
    expected: `${size} bytes`,
    found: `${info.size} bytes`,
    severity: "error",
    settle: `comfydock model verify ${env}`,
  }];
}
