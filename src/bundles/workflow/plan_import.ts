import { ComfydockError } from "../../base/mod.ts";
import {
  editManifest,
  type Manifest,
  type ManifestEdit,
  type ManifestNode,
  nodeGroupName,
  setGroup,
  setModel,
  setNode,
  setTrackedWorkflow,
  type TrackedWorkflow,
} from "../../pyproject/mod.ts";
import { workflowFile, workflowName } from "../../workflows/mod.ts";
import { bundleErrors } from "../errors.ts";
import { invalidBundle } from "../faults.ts";
import type { BundleContent } from "../types.ts";

/** What an import of one workflow will do. */
export interface WorkflowImportPlan {
  readonly workflow: TrackedWorkflow;
  /** The bytes of the workflow. */
  readonly bytes: Uint8Array;
  readonly manifestText: string;
  /** Packs that come in; those that are here already stay as they are. */
  readonly nodes: readonly ManifestNode[];
  /** Keys of the models that come into the manifest. */
  readonly models: readonly string[];
  /** What is not as it was where this comes from: one sentence each, without a full stop. */
  readonly notes: readonly string[];
}

/**
 * Decides what the manifest becomes by a bundle of one workflow; nothing is read or changed.
 *
 * @param named What is imported, as people named it.
 * @param as What the workflow is called from now on; default as it was.
 * @throws `BUNDLE_SOURCE_INVALID`, `BUNDLE_INVALID`, `BUNDLE_MODEL_DIFFERS`
 */
export function planWorkflowImport(
  { index, manifest: from, files, nodes: packed }: BundleContent,
  { manifest, manifestText }: { readonly manifest: Manifest; readonly manifestText: string },
  named: string,
  as?: string,
): WorkflowImportPlan {
  if (index?.kind !== "workflow") {
    throw new ComfydockError(
      bundleErrors.BUNDLE_SOURCE_INVALID,
      `Cannot import "${named}" as a workflow: it holds an environment`,
      { hint: `Run comfydock import ${named}` },
    );
  }
  const [only, more] = Object.values(from.workflows);
  const bytes = only && files.get(only.file);
  if (!only || !bytes || more) throw invalidBundle(named, "it does not hold one workflow");
  const file = as === undefined ? only.file : workflowFile(as);
  const workflow = as === undefined ? only : { ...only, file, key: workflowName(file) };
  const all = Object.values(from.nodes);
  const nodes = all.filter(({ id }) => !manifest.nodes[id])
    .filter(({ id, source }) => packed.has(id) || source === "registry" || source === "git");
  const models = Object.values(from.models).filter(({ key, sha256 }) => {
    const own = manifest.models[key];
    if (own && own.sha256 !== sha256) throw differs(key);
    return !own;
  });
  const edits: readonly ManifestEdit[] = [
    ...nodes.map(setNode),
    ...nodes.flatMap(({ id }) => {
      const group = from.groups[nodeGroupName(id)];
      return group ? [setGroup(nodeGroupName(id), group)] : [];
    }),
    ...models.map(setModel),
    setTrackedWorkflow(workflow),
  ];
  return {
    workflow,
    bytes,
    manifestText: editManifest(manifestText, edits, "pyproject.toml"),
    nodes,
    models: models.map(({ key }) => key),
    notes: [
      ...all.flatMap((node) => noteOf(node, manifest.nodes[node.id])),
      ...all.filter(({ id }) => !manifest.nodes[id] && !nodes.some((node) => node.id === id))
        .map(({ id, source }) => `The ${source} node pack ${id} did not come along`),
    ],
  };
}

function noteOf(theirs: ManifestNode, own: ManifestNode | undefined): readonly string[] {
  if (!own || (own.version === theirs.version && own.treeSha256 === theirs.treeSha256)) return [];
  const version = own.version ?? own.commit?.slice(0, 12) ?? "as it is";
  return [`The node pack ${own.id} stays ${version}, which is not what the workflow was made with`];
}

function differs(key: string): ComfydockError {
  return new ComfydockError(
    bundleErrors.BUNDLE_MODEL_DIFFERS,
    `Cannot import the model ${key}: the manifest has another one under that name`,
    { hint: `Run comfydock model remove ${key} first, if it is not needed`, details: { key } },
  );
}
