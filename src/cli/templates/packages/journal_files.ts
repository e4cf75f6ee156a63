import type { Git } from "../../../tools/mod.ts";
import type { TemplateRepository } from "../../../templates/mod.ts";
import type { PublishJournal } from "../../../templates/publishing/mod.ts";

/** The pyprojects that differ from HEAD, before and after, so that a release can be taken back. */
export async function changedFiles(
  git: Git,
  root: string,
  { packages, meta }: TemplateRepository,
): Promise<PublishJournal["changed"]> {
  const changed: PublishJournal["changed"][number][] = [];
  for (const { pyproject: path, text: after } of [...packages, ...meta ? [meta] : []]) {
    const content = await git.readFile(root, "HEAD", path);
    const before = content && new TextDecoder("utf-8", { ignoreBOM: true }).decode(content);
    if (before !== undefined && before !== after) changed.push({ path, before, after });
  }
  return changed;
}
