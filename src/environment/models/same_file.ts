import { ComfydockError } from "../../base/mod.ts";
import {
  type FileDigest,
  hashFile,
  isSameSource,
  modelErrors,
  type ModelIndex,
  toKnownSource,
} from "../../models/mod.ts";
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
 * Refuses to take a file for the one of a source when nothing says so: not its digest, not the manifest, not the index.
 *
 * @param known What the manifest has at the same path, and the index, which notes where files were fetched from.
 * @param digests Those that the source publishes.
 * @throws `MODEL_OCCUPIED`, what hashing throws
 */
export async function confirmPresent(
  target: string,
  source: ModelSource,
  digests: Readonly<Record<string, string>>,
  known: { readonly entry?: ManifestModel; readonly index?: ModelIndex },
): Promise<FileDigest> {
  const there = await refuseOther(target, digests);
  const named = known.entry?.sources.some((each) => isSameSource(each, source)) ?? false;
  const noted = known.index?.byHash(there.blake3).flatMap((model) => model.sources) ?? [];
  const [own] = toKnownSource(source);
  const fetched = noted.some(({ url }) => url === own?.url);
  if (!named && !fetched && digests.sha256 === undefined && digests.blake3 === undefined) {
    throw occupied(
      target,
      "a file is there, and the source does not say whether it has the same one",
    );
  }
  return there;
}

function occupied(target: string, why: string): ComfydockError {
  return new ComfydockError(
    modelErrors.MODEL_OCCUPIED,
    `Cannot put the model to "${target}": ${why}`,
    {
      hint: "Give it another name with --as, or another folder; " +
        `comfydock model add "${target}" registers what is there`,
      details: { target },
    },
  );
}
