/**
 * The reference pages, made from the definitions of commands and errors.
 *
 * @example
 * ```ts ignore
 * const pages = await referencePages();
 * ```
 *
 * @module
 */
import { commands, errorCatalogues } from "../../src/cli/reference/mod.ts";
import { renderCommands } from "./commands.ts";
import { renderErrors } from "./errors.ts";

/** The text of each page by its path, laid out as `deno fmt` does. */
export async function referencePages(): Promise<Readonly<Record<string, string>>> {
  const pages = {
    "docs/commands.md": renderCommands(commands),
    "docs/errors.md": renderErrors(errorCatalogues),
  };
  const formatted = Object.entries(pages)
    .map(async ([path, text]) => [path, await formatMarkdown(text)] as const);
  return Object.fromEntries(await Promise.all(formatted));
}

async function formatMarkdown(text: string): Promise<string> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["fmt", "--no-config", "--line-width", "100", "--ext", "md", "-"],
    stdin: "piped",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const [output] = await Promise.all([
    child.output(),
    ReadableStream.from([new TextEncoder().encode(text)]).pipeTo(child.stdin),
  ]);
  if (!output.success) throw new Error("Cannot lay out a page: `deno fmt` failed");
  return new TextDecoder().decode(output.stdout);
}
