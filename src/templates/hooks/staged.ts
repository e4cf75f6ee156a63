import type { Git } from "../../tools/git/mod.ts";
import { checkTemplates, readCheckFacts } from "../checks/mod.ts";
import { openDigests } from "../digests/mod.ts";
import type { Finding } from "../findings/mod.ts";
import { CONFIG_FILE, openRepository, ownerOfFile, workingFiles } from "../repository/mod.ts";
import type { TemplateRepository } from "../types.ts";

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
 * @param options `indexFile` as git sets it for hooks.
 * @throws `E_BAD_CONFIG`, `E_NO_REPOSITORY`
 */
export async function checkStaged(
  git: Git,
  root: string,
  options: { readonly indexFile?: string } = {},
): Promise<StagedCheck> {
  const changed = await git.stagedFiles(root, options);
  if (changed.length === 0) return { staged: [], findings: [] };
  const copy = await Deno.makeTempDir({ prefix: "comfydock-staged-" });
  try {
    await git.exportStaged(root, copy, options);
    const repository = await openRepository(workingFiles(copy));
    const staged = changed.filter((path) => concerns(repository, path));
    if (staged.length === 0) return { staged, findings: [] };
    const digests = await openDigests(copy, { cache: false });
    const facts = await readCheckFacts(repository, digests);
    const names = facts.index?.templates.map(({ name }) => name) ?? [];
    const ids = touchedIds(repository, staged, new Set(names));
    const found = checkTemplates(facts);
    return { staged, findings: found.filter((one) => isTouched(one, staged, ids)) };
  } finally {
    await Deno.remove(copy, { recursive: true });
  }
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

function isTouched(
  { file, message, area }: Finding,
  staged: readonly string[],
  ids: ReadonlySet<string>,
): boolean {
  return area === "repository" || staged.includes(file) ||
    [...ids].some((id) => message.includes(`"${id}"`));
}
