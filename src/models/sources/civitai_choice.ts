import type { CivitaiFile, CivitaiVersion } from "./civitai_version.ts";
import { missingAtSource, unclearSource } from "./faults.ts";
import type { CivitaiChoice, FileHints } from "./types.ts";

/**
 * Chooses a file of a version: the one with the wanted digest, else by what was asked for, else the primary one.
 *
 * @param about The version and its page, for messages.
 * @throws `MODEL_SOURCE_MISSING`, `MODEL_SOURCE_UNCLEAR`
 */
export function chooseFile(
  version: CivitaiVersion,
  choice: CivitaiChoice,
  hints: FileHints,
  { subject, page }: { readonly subject: string; readonly page: string },
): CivitaiFile {
  const { files } = version;
  const same = files.find((file) => hasDigest(file, hints.digests ?? {}));
  if (same) return same;
  const fitting = files.filter((file) => fits(file, choice));
  if (fitting.length === 0) {
    const why = files.length === 0 ? "the version has no files" : `its files are ${list(files)}`;
    throw missingAtSource(asked(subject, choice), why, page);
  }
  const named = fitting.filter((file) => file.name === hints.name);
  const best = [named, fitting.filter(({ primary }) => primary), fitting]
    .find((candidates) => candidates.length === 1);
  if (best?.[0]) return best[0];
  const models = fitting.filter(({ type }) => type === "Model");
  if (models.length === 1 && models[0]) return models[0];
  throw unclearSource(subject, fitting.map(({ name }) => `${subject}/${name}`));
}

function hasDigest(file: CivitaiFile, wanted: Readonly<Record<string, string>>): boolean {
  return Object.entries(wanted).some(([algorithm, hash]) =>
    file.digests[algorithm] === hash.toLowerCase()
  );
}

function fits(file: CivitaiFile, { file: wanted, ...facts }: CivitaiChoice): boolean {
  if (wanted !== undefined && file.name !== wanted && file.id !== wanted) return false;
  const { type, format, size, fp } = facts;
  const same = (asked: string | undefined, is: string | undefined) =>
    asked === undefined || asked.toLowerCase() === is?.toLowerCase();
  return same(type, file.type) && same(format, file.format) && same(size, file.size) &&
    same(fp, file.fp);
}

function asked(subject: string, choice: CivitaiChoice): string {
  return choice.file === undefined ? subject : `${subject}/${choice.file}`;
}

function list(files: readonly CivitaiFile[]): string {
  return files.slice(0, 20).map(({ name }) => name).join(", ");
}
