import { basename } from "node:path";
import { ComfydockError, nearest } from "../../base/mod.ts";
import { modelErrors } from "../../models/mod.ts";
import type { Manifest, ManifestModel } from "../../pyproject/mod.ts";

const LEAST_DIGITS = 8;

/**
 * Finds a model of the manifest by its key, name, file name or the beginning of a digest.
 *
 * @throws `MODEL_NOT_LISTED`, `MODEL_AMBIGUOUS`
 */
export function findEntry({ models }: Pick<Manifest, "models">, wanted: string): ManifestModel {
  const all = Object.values(models);
  const ways: readonly ((model: ManifestModel) => boolean)[] = [
    ({ key }) => key === wanted,
    ({ name }) => name === wanted,
    ({ localPath }) => localPath !== undefined && fileName(localPath) === wanted,
    ({ localPath }) => localPath !== undefined && plainPath(localPath) === plainPath(wanted),
    (model) => hasDigest(model, wanted),
    ({ key, name }) => [key, name].some((text) => text.toLowerCase() === wanted.toLowerCase()),
  ];
  for (const way of ways) {
    const [found, ...others] = all.filter(way);
    if (found && others.length === 0) return found;
    if (found) throw ambiguous(wanted, [found, ...others]);
  }
  throw notListed(wanted, all);
}

function hasDigest(model: ManifestModel, wanted: string): boolean {
  const digits = wanted.replace(/^(?:blake3|sha256):/i, "").toLowerCase();
  if (digits.length < LEAST_DIGITS) return false;
  return Object.values(expectedDigests(model)).some((digest) => digest.startsWith(digits));
}

function ambiguous(wanted: string, found: readonly ManifestModel[]): ComfydockError {
  const keys = found.map(({ key }) => key);
  return new ComfydockError(
    modelErrors.MODEL_AMBIGUOUS,
    `Cannot tell which model "${wanted}" is: ${keys.join(" or ")}`,
    { hint: "Name its key", details: { wanted, found: keys } },
  );
}

function notListed(wanted: string, all: readonly ManifestModel[]): ComfydockError {
  const near = nearest(wanted, all.flatMap(({ key, name }) => [key, name]));
  return new ComfydockError(
    modelErrors.MODEL_NOT_LISTED,
    `Cannot find the model "${wanted}" in the manifest`,
    {
      hint: near === undefined
        ? "Run comfydock model list to see what is there"
        : `Did you mean "${near}"?`,
      details: { wanted },
    },
  );
}

/** The digests that the manifest gives, in hex by algorithm. */
export function expectedDigests(
  { hash, sha256 }: Pick<ManifestModel, "hash" | "sha256">,
): Readonly<Record<string, string>> {
  const [, algorithm, digits] = /^(blake3|sha256):([0-9a-f]{64})$/i.exec(hash ?? "") ?? [];
  return {
    ...(sha256 === undefined ? {} : { sha256: sha256.toLowerCase() }),
    ...(algorithm === undefined || digits === undefined
      ? {}
      : { [algorithm.toLowerCase()]: digits.toLowerCase() }),
  };
}

/** A path of the manifest without the directory of models that it may begin with. */
export function plainPath(localPath: string): string {
  return localPath.replace(/^models\//, "");
}

function fileName(localPath: string): string {
  return basename(localPath);
}

/** A key for a model that no other has, made of its file name. */
export function newKey(taken: Iterable<string>, name: string): string {
  const others = new Set(taken);
  const stem = name.replace(/\.[a-z0-9]{1,12}$/i, "").normalize("NFKD").toLowerCase()
    .replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "").slice(0, 80) || "model";
  for (let at = 1;; at++) {
    const key = at === 1 ? stem : `${stem}-${at}`;
    if (!others.has(key)) return key;
  }
}
