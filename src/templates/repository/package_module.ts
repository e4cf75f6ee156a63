import { getAt, isArray, normalizePackageName, type TomlTable } from "../../pyproject/mod.ts";
import type { TemplatePackage } from "../types.ts";
import type { RepositoryFiles } from "./files.ts";

/**
 * Finds the module that a package installs.
 *
 * What hatchling is told counts; else the directory below `src` that is called like the distribution, or is alone there;
 * else the name that such a directory would have.
 *
 * @param directory Of the package, below the root.
 * @param name Of the distribution.
 */
export async function findModule(
  files: RepositoryFiles,
  directory: string,
  table: TomlTable,
  name: string,
): Promise<Pick<TemplatePackage, "module" | "moduleDirectory">> {
  const below = (path: string) => directory === "." ? path : `${directory}/${path}`;
  const wheel = firstText(table, ["tool", "hatch", "build", "targets", "wheel", "packages"]);
  if (wheel !== undefined) {
    return { module: wheel.split("/").at(-1)!, moduleDirectory: below(wheel) };
  }
  const where = below(
    firstText(table, ["tool", "setuptools", "packages", "find", "where"]) ?? "src",
  );
  const usual = normalizePackageName(name).replaceAll("-", "_");
  const found = (await files.directories(where)).filter((one) => /^[A-Za-z_]\w*$/.test(one));
  const module = found.includes(usual) || found.length !== 1 ? usual : found[0]!;
  return { module, moduleDirectory: `${where}/${module}` };
}

function firstText(table: TomlTable, path: readonly string[]): string | undefined {
  const value = getAt(table, path);
  const first = isArray(value) ? value[0] : undefined;
  return typeof first === "string" ? first.replace(/^\.\/|\/+$/g, "") : undefined;
}
