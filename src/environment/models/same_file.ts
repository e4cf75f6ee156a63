import { ComfydockError } from "../../base/mod.ts";
import { type FileDigest, hashFile, isSameSource, modelErrors } from "../../models/mod.ts";
import type { ManifestModel, ModelSource } from "../../pyproject/mod.ts";

/**
 * Refuses a place where another file is than the one that shall be there.
 *
 * @throws `MODEL_OCCUPIED`, what hashing throws
 */
export async function refuseOther(
  target: string,
  digests: Readonly<Record<string, string>>,
): Promise<FileDigest> {
  const there = await hashFile(target, { sha256: digests.sha256 !== undefined });
  const found: Readonly<Record<string, string | undefined>> = {
    blake3: there.blake3,
    sha256: there.sha256,
  };
  const differs = Object.entries(digests).some(([algorithm, digest]) =>
    found[algorithm] !== undefined && found[algorithm] !== digest.toLowerCase()
  );
  if (differs) throw occupied(target, "another file is there");
  return there;
}

/**
 * Refuses to take a file for the one of a source when nothing says so: neither its digest nor the manifest.
 *
 * @param known What the manifest has at the same path.
 * @param digests Those that the source publishes.
 * @throws `MODEL_OCCUPIED`, what hashing throws
 */
export async function confirmPresent(
  target: string,
  source: ModelSource,
  digests: Readonly<Record<string, string>>,
  known: ManifestModel | undefined,
): Promise<FileDigest> {
  const named = known?.sources.some((each) => isSameSource(each, source)) ?? false;
  if (!named && digests.sha256 === undefined && digests.blake3 === undefined) {
    throw occupied(
      target,
      "a file is there, and the source does not say whether it has the same one",
    );
  }
  return await refuseOther(target, digests);
}

function occupied(target: string, why: string): ComfydockError {
  return new ComfydockError(
    modelErrors.MODEL_OCCUPIED,
    `Cannot put the model to "${target}": ${why}`,
    { hint: "Give it another name with --as, or another folder", details: { target } },
  );
}
