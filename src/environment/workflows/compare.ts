import { dirname, join } from "node:path";
import { mapConcurrent, sha256Of } from "../../base/mod.ts";
import type { Manifest, TrackedWorkflow } from "../../pyproject/mod.ts";
import { lookAt } from "../../workspace/disk/mod.ts";
import type { EnvironmentLayout } from "../../workspace/mod.ts";
import { readWorkflowFile, workflowPlaces } from "./places.ts";

/** A tracked workflow, and what its two places hold. */
export interface ComparedWorkflow {
  readonly workflow: TrackedWorkflow;
  /** `outside` when the path in the manifest leads out of `.cec/workflows`. */
  readonly file: "present" | "missing" | "outside";
  /** SHA-256 of the file in hex. */
  readonly sha256?: string;
  /** Against the file; absent where there is none. */
  readonly copy?: "same" | "different" | "missing";
}

const AT_ONCE = 16;

/** Compares the tracked workflows of an environment with ComfyUI's copies, in the order of the manifest. */
export async function compareWorkflows(
  environment: EnvironmentLayout,
  { workflows }: Pick<Manifest, "workflows">,
): Promise<readonly ComparedWorkflow[]> {
  const compare = (workflow: TrackedWorkflow) => compareOne(environment, workflow);
  return await Array.fromAsync(
    mapConcurrent(Object.values(workflows), compare, { limit: AT_ONCE }),
  );
}

async function compareOne(
  environment: EnvironmentLayout,
  workflow: TrackedWorkflow,
): Promise<ComparedWorkflow> {
  const places = workflowPlaces(environment, workflow);
  if (!places) return { workflow, file: "outside" };
  const [tracked, copy] = await Promise.all([
    readTracked(environment, places.tracked),
    readWorkflowFile(places.copy),
  ]);
  if (!tracked) return { workflow, file: "missing" };
  const [sha256, found] = await Promise.all([sha256Of(tracked), copy && sha256Of(copy)]);
  return {
    workflow,
    file: "present",
    sha256,
    copy: await judgeCopy(places.copy, found, sha256),
  };
}

// What is no file there, such as a link, is somebody's will and counts as different.
async function judgeCopy(
  path: string,
  found: string | undefined,
  expected: string,
): Promise<"same" | "different" | "missing"> {
  if (found === expected) return "same";
  return found !== undefined || await lookAt(path) ? "different" : "missing";
}

async function readTracked(
  environment: EnvironmentLayout,
  path: string,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  return await isBehindLink(environment, path) ? undefined : await readWorkflowFile(path);
}

/**
 * Whether a directory between `.cec` and a path in it is a link.
 *
 * `.cec` may come from elsewhere, and a link in it could lead to any file of this machine.
 */
export async function isBehindLink({ cec }: EnvironmentLayout, path: string): Promise<boolean> {
  for (let at = dirname(path); at !== cec; at = dirname(at)) {
    if ((await lookAt(at))?.isSymlink) return true;
  }
  return false;
}

/** The SHA-256 that the manifest has for a workflow; nothing where it has none, or one of another kind. */
export function recordedSha256({ hash }: TrackedWorkflow): string | undefined {
  return /^sha256:([0-9a-f]{64})$/.exec(hash ?? "")?.[1];
}

const DEEPEST = 32;

/** The files in `.cec/workflows` that the manifest does not track, as paths below `.cec`, sorted. */
export async function findUntracked(
  { workflows: root }: EnvironmentLayout,
  { workflows }: Pick<Manifest, "workflows">,
): Promise<readonly string[]> {
  const tracked = new Set(Object.values(workflows).map(({ file }) => file));
  const found: string[] = [];
  const walk = async (directory: string, path: string, depth: number) => {
    if (!await lookAt(directory) || depth > DEEPEST) return;
    for await (const { name, isDirectory } of Deno.readDir(directory)) {
      if (isDirectory) await walk(join(directory, name), `${path}/${name}`, depth + 1);
      else if (!tracked.has(`${path}/${name}`)) found.push(`${path}/${name}`);
    }
  };
  await walk(root, "workflows", 0);
  return found.sort();
}
