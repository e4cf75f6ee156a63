import { sha256Of } from "../../base/mod.ts";
import {
  editManifest,
  type Manifest,
  type ManifestEdit,
  type TrackedWorkflow,
} from "../../pyproject/mod.ts";
import type { Transaction } from "../../workspace/mod.ts";
import { readLoaderTable } from "../../workflows/dependencies/mod.ts";
import { readWorkflow } from "../../workflows/graph/mod.ts";
import type { LoaderTable, NodeKnowledge } from "../../workflows/mod.ts";
import { commitChanges } from "../history/commit.ts";
import { hasRepository } from "../state.ts";
import type { EnvironmentState, EnvironmentWorld } from "../types.ts";
import { readNodeKnowledge } from "./knowledge.ts";
import { requirementsOf } from "./requires.ts";

/** What the needs of workflows are found with. */
export interface RequirementFinder {
  readonly knowledge: NodeKnowledge;
  readonly table: LoaderTable;
}

/** Gathers what the needs of the workflows of an environment are found with. */
export async function readRequirementFinder(
  world: EnvironmentWorld,
  manifest: Manifest,
): Promise<RequirementFinder> {
  const [knowledge, table] = await Promise.all([
    readNodeKnowledge(world, manifest),
    readLoaderTable(),
  ]);
  return { knowledge, table };
}

/** A tracked workflow as the manifest shall have it, with the content that both sides have from now on. */
export interface WorkflowRecord {
  readonly workflow: TrackedWorkflow;
  readonly content: Uint8Array<ArrayBuffer>;
}

/**
 * Notes the content of a workflow, and what it needs; what cannot be read keeps the needs that were noted before.
 *
 * @returns The entry for the manifest.
 */
export async function recordWorkflow(
  world: EnvironmentWorld,
  manifest: Manifest,
  { workflow, content }: WorkflowRecord,
  { knowledge, table }: RequirementFinder,
): Promise<TrackedWorkflow> {
  const hash = `sha256:${await sha256Of(content)}`;
  try {
    const read = readWorkflow(new TextDecoder().decode(content), workflow.file);
    return { ...workflow, hash, requires: requirementsOf(read, manifest, knowledge, table) };
  } catch (error) {
    world.report.emit({
      kind: "warned",
      code: "WORKFLOW_INVALID",
      message: `${error instanceof Error ? error.message : error}; it is kept as it is`,
    });
    return { ...workflow, hash };
  }
}

/**
 * Writes entries of workflows into the manifest and commits them with their files, as a part of a transaction.
 *
 * @param files Paths below `.cec` that changed besides the manifest.
 * @returns The commit, where there is a history.
 */
export async function writeRecords(
  world: EnvironmentWorld,
  transaction: Transaction,
  { manifestText }: Pick<EnvironmentState, "manifestText">,
  change: {
    readonly edits: readonly ManifestEdit[];
    readonly files: readonly string[];
    readonly message: string;
    /** By default it is committed. */
    readonly commit?: boolean;
  },
): Promise<string | undefined> {
  const { environment, checkpoints } = world;
  const text = editManifest(manifestText, change.edits, environment.manifest);
  if (text !== manifestText) await transaction.writeFile(environment.manifest, text);
  checkpoints.reach("environment:workflow-recorded");
  if (change.commit === false || !await hasRepository(environment.cec)) return undefined;
  return await commitChanges(world, transaction, change.message, [
    "pyproject.toml",
    ...change.files,
  ]);
}
