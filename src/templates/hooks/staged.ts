import type { Git } from "../../tools/git/mod.ts";
import { checkTemplates, readCheckFacts } from "../checks/mod.ts";
import type { CacheVariables } from "../digests/mod.ts";
import type { Finding } from "../findings/mod.ts";
import { CONFIG_FILE, openRepository, ownerOfFile } from "../repository/mod.ts";
import type { TemplateRepository } from "../types.ts";
import { openStagedFiles } from "./staged_files.ts";

/** What a check of the next commit found. */
export interface StagedCheck {
  /** The files of the repository that the commit changes and that are looked at. */
  readonly staged: readonly string[];
  /** What is wrong with them, or with the templates that they belong to. */
  readonly findings: readonly Finding[];
}

/**
 * Checks the templates as the next commit will have them: what is staged counts, not what is in the working copy.
 *
 * Faults of templates that the commit does not touch are left out.
 *
 * @param root The top directory of the repository.
 * @param options `indexFile` as git sets it for hooks; `env` as the digests take it.
 * @throws `E_BAD_CONFIG`, `E_NO_REPOSITORY`
 */
export async function checkStaged(
  git: Git,
  root: string,
  options: { readonly indexFile?: string; readonly env?: CacheVariables } = {},
): Promise<StagedCheck> {
  const changed = await git.stagedFiles(root, options);
  if (changed.length === 0) return { staged: [], findings: [] };
  await using next = await openStagedFiles(git, root, options);
  const repository = await openRepository(next.files);
  const staged = changed.filter((path) => concerns(repository, path));
  if (staged.length === 0) return { staged, findings: [] };
  const facts = await readCheckFacts(repository, next.digests);
  await next.digests.save();
  const names = facts.index?.templates.map(({ name }) => name) ?? [];
  const ids = touchedIds(repository, staged, new Set(names));
  const found = checkTemplates(facts);
  return { staged, findings: found.filter((one) => isTouched(one, staged, ids)) };
}

/** Whether a file decides what packages hold. */
function concerns({ config }: TemplateRepository, path: string): boolean {
  const directories = [
    ...[config.templatesDir, config.packagesDir, config.inputDir, config.blueprintsDir],
    ...[config.thumbnailDir],
  ];
  return directories.some((directory) => path.startsWith(`${directory}/`)) ||
    [config.bundles, config.metaFile, config.policy, config.blueprintBundles, CONFIG_FILE]
      .includes(path);
}

function touchedIds(
  { config, bundles }: TemplateRepository,
  staged: readonly string[],
  names: ReadonlySet<string>,
): ReadonlySet<string> {
  const known = new Set([...names, ...bundles.bundleOf.keys()]);
  const start = `${config.templatesDir}/`;
  return new Set(
    staged.flatMap((path) => {
      const owner = path.startsWith(start)
        ? ownerOfFile(path.slice(start.length), known)
        : undefined;
      return owner ? [owner.id] : [];
    }),
  );
}

/** Whether a fault is in a staged file, names one, or is about a template that one belongs to. */
function isTouched(
  { file, message, area, details = {} }: Finding,
  staged: readonly string[],
  ids: ReadonlySet<string>,
): boolean {
  const { id, ids: several = [] } = details;
  const about = new Set<unknown>([id, ...Array.isArray(several) ? several : []]);
  return area === "repository" || staged.includes(file) ||
    [...ids].some((one) => about.has(one) || message.includes(`"${one}"`)) ||
    staged.some((path) => message.includes(path));
}
