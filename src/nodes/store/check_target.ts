import { isObjectId } from "../../tools/mod.ts";
import { readGitAddress, readInnerPath } from "../references/git_address.ts";
import { refuse } from "../references/refuse.ts";
import type { NodeTarget } from "../types.ts";

/**
 * Refuses a target whose fields, which may come from somebody else's manifest, are not what they should be.
 *
 * @throws `NODE_REFERENCE_INVALID`
 */
export function checkTarget(target: NodeTarget): void {
  const { treeSha256, id } = target;
  if (treeSha256 !== undefined && !/^[0-9a-f]{64}$/.test(treeSha256)) {
    throw invalid(id, "its tree_sha256 is no SHA-256");
  }
  if (target.source === "registry") {
    if (target.archiveSha256 !== undefined && !/^[0-9a-f]{64}$/.test(target.archiveSha256)) {
      throw invalid(id, "its sha256 is no SHA-256");
    }
    return;
  }
  if (target.source !== "git") return;
  const address = readGitAddress(target.url, { file: true });
  if (typeof address === "string") throw invalid(id, `its repository cannot be taken: ${address}`);
  if (!isObjectId(target.commit)) throw invalid(id, "its commit is no full SHA");
  const { subdirectory } = target;
  if (subdirectory !== undefined && readInnerPath(subdirectory) !== subdirectory) {
    throw invalid(id, "its subdirectory leads out of the repository");
  }
}

function invalid(id: string, why: string): Error {
  return refuse(id, why, {
    hint: `Correct [tool.comfydock.nodes.${id}] in pyproject.toml, or add the pack again`,
  });
}
