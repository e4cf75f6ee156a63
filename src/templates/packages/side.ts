import { excludedIds, type PackageContents, planContents } from "../contents/mod.ts";
import type { Finding } from "../findings/mod.ts";
import {
  openRepository,
  readIndexes,
  readManifestFile,
  type RepositoryFiles,
} from "../repository/mod.ts";
import type { TemplateIndex, TemplateManifest, TemplateRepository } from "../types.ts";

/** A repository at one point, with all that decides what its packages ship. */
export interface RepositorySide {
  readonly repository: TemplateRepository;
  readonly index?: TemplateIndex;
  readonly locales: readonly TemplateIndex[];
  readonly manifest?: TemplateManifest;
  readonly contents: PackageContents;
  /** Ids that packages do not ship. */
  readonly excluded: ReadonlySet<string>;
  /** What is wrong with any of the files. */
  readonly findings: readonly Finding[];
}

/**
 * Reads what the packages of a repository ship.
 *
 * @param files The working copy or a commit.
 * @throws `E_BAD_CONFIG`, `E_NO_REPOSITORY`
 */
export async function readSide(files: RepositoryFiles): Promise<RepositorySide> {
  const repository = await openRepository(files);
  const { value: { index, locales }, findings } = await readIndexes(files, repository.config);
  const manifest = await readManifestFile(repository);
  const facts = { index, locales, manifest: manifest.value };
  return {
    repository,
    ...facts,
    contents: await planContents(repository, facts),
    excluded: index ? excludedIds(index) : new Set(),
    findings: [...repository.findings, ...findings, ...manifest.findings],
  };
}

/** The index file at a path, the English one or a translation. */
export function indexAt(
  { index, locales }: Pick<RepositorySide, "index" | "locales">,
  path: string,
): TemplateIndex | undefined {
  return [...index ? [index] : [], ...locales].find(({ document }) => document.path === path);
}
