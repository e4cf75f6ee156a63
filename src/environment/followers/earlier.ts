import type { Manifest } from "../../pyproject/mod.ts";
import type { EnvironmentWorld } from "../types.ts";
import { digestOf } from "../venv/mod.ts";
import { readWorkflowFile, workflowPlaces } from "../workflows/places.ts";
import type { EarlierFacts } from "./types.ts";

/**
 * Reads what an environment is before a command changes the files of `.cec`, for what follows to tell own edits apart.
 *
 * @param manifest The manifest as it is on disk; absent where it cannot be read.
 */
export async function readEarlier(
  { environment }: EnvironmentWorld,
  manifest: Manifest | undefined,
): Promise<EarlierFacts> {
  const workflows = new Map<string, string>();
  for (const tracked of Object.values(manifest?.workflows ?? {})) {
    const places = workflowPlaces(environment, tracked);
    const bytes = places && await readWorkflowFile(places.tracked);
    if (bytes) workflows.set(tracked.file, digestOf(bytes));
  }
  return { manifest, workflows };
}
