import { ComfydockError } from "../../base/mod.ts";
import { recordKnownFile, toKnownSource } from "../../models/mod.ts";
import type { ModelSource } from "../../pyproject/mod.ts";
import type { EnvironmentWorld } from "../types.ts";
import { type ModelWorld, openIndex } from "./world.ts";

/** A file in the directory of models whose digests are known. */
export interface PlacedModel {
  /** Absolute. */
  readonly path: string;
  /** In hex by algorithm. */
  readonly digests: Readonly<Record<string, string>>;
  readonly sources: readonly ModelSource[];
}

/** Notes files in the index; what it cannot take is warned of, the files stay. */
export async function notePlaced(
  world: EnvironmentWorld,
  { index }: Pick<ModelWorld, "index">,
  placed: readonly PlacedModel[],
): Promise<void> {
  const now = new Date(world.clock.now()).toISOString();
  for (const { path, digests: { blake3, sha256 }, sources } of placed) {
    if (index === undefined || blake3 === undefined) continue;
    const known = sources.flatMap(toKnownSource);
    try {
      await recordKnownFile(index, world.models, { path, blake3, sha256, sources: known }, now);
    } catch (error) {
      if (!(error instanceof ComfydockError)) throw error;
      const { why } = error.details;
      const message = typeof why === "string" ? `Odd model "${path}": ${why}` : error.message;
      world.report.emit({ kind: "warned", code: error.code, message });
    }
  }
}

/** Notes files in the workspace's index, which is opened for it. */
export async function registerModels(
  world: EnvironmentWorld,
  placed: readonly PlacedModel[],
): Promise<void> {
  if (placed.length === 0) return;
  const index = openIndex(world);
  try {
    await notePlaced(world, { index }, placed);
  } finally {
    index?.close();
  }
}
