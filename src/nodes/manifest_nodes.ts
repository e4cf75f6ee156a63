import type { ManifestNode } from "../pyproject/mod.ts";
import { safeName } from "./disk/directory_name.ts";
import { refuse } from "./references/refuse.ts";
import { obtainNode } from "./store/obtain.ts";
import type { NodeTarget, NodeWorld, ObtainedNode } from "./types.ts";

/**
 * What a manifest has locked, as a target.
 *
 * @param node One `[tool.comfydock.nodes.<id>]`.
 * @param path Of a local or development pack: where it lies on this machine, absolute.
 */
export function targetOfManifest(node: ManifestNode, path?: string): NodeTarget {
  const { id, name, treeSha256 } = node;
  switch (node.source) {
    case "registry":
      return {
        source: "registry",
        id: node.registryId ?? id,
        name,
        version: node.version ?? "",
        downloadUrl: node.downloadUrl ?? "",
        repository: node.repository,
        listedRequirements: [],
        archiveSha256: node.sha256,
        treeSha256,
      };
    case "git":
      return {
        source: "git",
        id,
        name,
        registryId: node.registryId,
        url: node.repository ?? "",
        commit: node.commit ?? "",
        ref: node.ref,
        subdirectory: node.subdirectory,
        treeSha256,
      };
    default:
      return {
        source: node.source,
        id,
        name,
        path,
        repository: node.repository,
        commit: node.commit,
        treeSha256,
      };
  }
}

/**
 * What the manifest records of a pack, so that the same files can be had again from it alone.
 *
 * @param facts What only the environment knows.
 */
export function manifestNodeOf(
  { target, treeSha256, archiveSha256, directory }: ObtainedNode,
  facts: Partial<Pick<ManifestNode, "enabled" | "runScripts" | "directory">> = {},
): ManifestNode {
  const shared = {
    id: target.id,
    name: target.name,
    source: target.source,
    treeSha256,
    enabled: true,
    directory,
    ...facts,
  };
  switch (target.source) {
    case "registry":
      return {
        ...shared,
        registryId: target.id,
        version: target.version,
        repository: target.repository,
        downloadUrl: target.downloadUrl || undefined,
        sha256: archiveSha256,
      };
    case "git": {
      const { registryId, url: repository, commit, ref, subdirectory } = target;
      return { ...shared, registryId, repository, commit, ref, subdirectory };
    }
    default:
      return { ...shared, repository: target.repository, commit: target.commit };
  }
}

/**
 * Gets the very files that a manifest has locked, from the store or from where it says.
 *
 * @param path Of a local or development pack: where it lies on this machine, absolute.
 * @throws `NODE_REFERENCE_INVALID`, and what {@linkcode obtainNode} throws
 */
export async function obtainRecorded(
  world: NodeWorld,
  node: ManifestNode,
  path?: string,
): Promise<ObtainedNode> {
  const { id, directory } = node;
  if (directory !== undefined && directory !== safeName(directory)) {
    throw refuse(id, `its directory ${JSON.stringify(directory)} is no name of a directory`, {
      hint: `Correct [tool.comfydock.nodes.${id}] in pyproject.toml`,
    });
  }
  const obtained = await obtainNode(world, targetOfManifest(node, path));
  return { ...obtained, directory: directory ?? obtained.directory };
}
