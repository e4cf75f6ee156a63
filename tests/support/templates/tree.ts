import { join } from "node:path";
import type { TemplateFixture } from "../template_repository.ts";

/** Every file below a root without git's own, as Base64 by path. */
export async function treeOf(
  { root }: Pick<TemplateFixture, "root">,
): Promise<Readonly<Record<string, string>>> {
  const found: Record<string, string> = {};
  for (const path of await pathsOf(root)) {
    found[path] = (await Deno.readFile(join(root, path))).toBase64();
  }
  return found;
}

/** Path, size and time of every file below a root without git's own: another state means that something was written. */
export async function statesOf(
  { root }: Pick<TemplateFixture, "root">,
): Promise<readonly string[]> {
  return await Promise.all((await pathsOf(root)).map(async (path) => {
    const { size, mtime } = await Deno.stat(join(root, path));
    return `${path} ${size} ${mtime?.getTime()}`;
  }));
}

async function pathsOf(root: string, directory = ""): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(join(root, directory))) {
    if (name === ".git") continue;
    const path = directory === "" ? name : `${directory}/${name}`;
    if (isDirectory) found.push(...await pathsOf(root, path));
    else found.push(path);
  }
  return found.sort();
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
