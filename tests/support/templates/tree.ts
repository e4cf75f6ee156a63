import { join } from "node:path";
import type { TemplateFixture } from "../template_repository.ts";

/** Every file below a root without git's own, as Base64 by path. */
export async function treeOf(
  { root }: Pick<TemplateFixture, "root">,
): Promise<Readonly<Record<string, string>>> {
  const found: [string, string][] = [];
  const visit = async (directory: string): Promise<void> => {
    for await (const { name, isDirectory } of Deno.readDir(join(root, directory))) {
      if (name === ".git") continue;
      const path = directory === "" ? name : `${directory}/${name}`;
      if (isDirectory) await visit(path);
      else found.push([path, (await Deno.readFile(join(root, path))).toBase64()]);
    }
  };
  await visit("");
  return Object.fromEntries(found.sort(([left], [right]) => left < right ? -1 : 1));
}

/** Translations of a template, as `i18n.json` keeps them. */
export function translationsOf(ids: readonly string[]): string {
  const entries = (value: unknown) => Object.fromEntries(ids.map((id) => [id, value]));
  return `${
    JSON.stringify(
      {
        _status: { comment: "Pending", pending_templates: entries({ missing_fields: ["title"] }) },
        templates: entries({ title: { en: "A", zh: "甲" } }),
      },
      null,
      2,
    )
  }\n`;
}
