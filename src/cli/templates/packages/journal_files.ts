import type { Git } from "../../../tools/mod.ts";
import { parseToml } from "../../../base/mod.ts";
import { editToml, isTable, withAt } from "../../../pyproject/mod.ts";
import type { TemplatePackage, TemplateRepository } from "../../../templates/mod.ts";
import type { PublishJournal } from "../../../templates/publishing/mod.ts";

/**
 * The pyprojects that differ from HEAD, before and after, so that a release can be taken back; the version of the meta
 * package, which is set by hand, stays.
 */
export async function changedFiles(
  git: Git,
  root: string,
  { packages, meta }: TemplateRepository,
): Promise<PublishJournal["changed"]> {
  const changed: PublishJournal["changed"][number][] = [];
  for (const one of [...packages, ...meta ? [meta] : []]) {
    const { pyproject: path, text: after } = one;
    const content = await git.readFile(root, "HEAD", path);
    if (!content) continue;
    const committed = new TextDecoder("utf-8", { ignoreBOM: true }).decode(content);
    const before = one === meta ? withVersion(committed, one) : committed;
    if (before !== after) changed.push({ path, before, after });
  }
  return changed;
}

function withVersion(text: string, { version, pyproject: name }: TemplatePackage): string {
  const table = parseToml(text.replace(/^\ufeff/, ""), name);
  if (version === undefined || !isTable(table)) return text;
  return editToml(text, withAt(table, ["project", "version"], version), { name });
}
