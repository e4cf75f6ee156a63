import { ComfydockError } from "../../base/mod.ts";
import {
  nodeErrors,
  type PackageFacts,
  type PackageReader,
  parseNodeReference,
  type WorkspaceNodeIndex,
} from "../../nodes/mod.ts";

/**
 * Finds the package that a person means: an id, with a version or without, or the address of a repository.
 *
 * @param offline Whether the registry could not be asked.
 * @returns The version that was named, besides.
 * @throws `NODE_PACK_NOT_FOUND` with the nearest names, or the newest versions
 */
export async function findPackage(
  text: string,
  index: WorkspaceNodeIndex,
  reader: PackageReader,
  offline: boolean,
): Promise<{ readonly facts: PackageFacts; readonly wanted?: string }> {
  const reference = parseNodeReference(text);
  const id = reference.kind === "git"
    ? index.packageOfRepository(reference.url)?.id
    : reference.kind === "registry"
    ? reference.id
    : undefined;
  const facts = id === undefined ? undefined : await reader.read(id);
  if (!facts) {
    throw unknownPack(text, index.nearest(text), offline && reference.kind === "registry");
  }
  const wanted = reference.kind === "registry" ? reference.version : undefined;
  if (wanted === undefined || facts.versions.some(({ version }) => version === wanted)) {
    return { facts, wanted };
  }
  const known = facts.versions.slice(0, 5).map(({ version }) => version);
  throw new ComfydockError(
    nodeErrors.NODE_PACK_NOT_FOUND,
    `Cannot find version ${wanted} of the node pack ${facts.id}`,
    {
      hint:
        (known.length > 0 ? `The newest are ${known.join(", ")}` : "No version of it is known") +
        (offline ? "; without --offline there may be newer ones" : ""),
      details: { id: facts.id, version: wanted, known },
    },
  );
}

function unknownPack(text: string, nearest: readonly string[], offline: boolean): ComfydockError {
  const like = nearest.length > 0 ? `Did you mean ${nearest.join(", ")}? ` : "";
  if (offline) {
    return new ComfydockError(
      nodeErrors.NODE_PACK_NOT_FOUND,
      `Cannot find the node pack "${text}" without the network: neither the node index nor a kept answer of the registry has it`,
      {
        hint:
          `${like}Run comfydock node info ${text} once without --offline; what the registry says is kept`,
        details: { id: text, nearest, offline },
      },
    );
  }
  return new ComfydockError(
    nodeErrors.NODE_PACK_NOT_FOUND,
    `Cannot find the node pack "${text}"`,
    {
      hint: nearest.length > 0
        ? `${like}comfydock node find searches descriptions, too`
        : "Search for it: comfydock node find WORDS",
      details: { id: text, nearest },
    },
  );
}
