import { getAt, isArray, normalizePackageName, type TomlTable } from "../../pyproject/mod.ts";
import type { TemplatePackage } from "../types.ts";
import type { RepositoryFiles } from "./files.ts";
import { isInnerPath } from "./inner_path.ts";

/** Keys that name directories, in pyprojects of hatchling and setuptools. */
const WHEEL_PACKAGES = ["tool", "hatch", "build", "targets", "wheel", "packages"];
const FIND_WHERE = ["tool", "setuptools", "packages", "find", "where"];

/**
 * Finds the module that a package installs.
 *
 * What hatchling is told counts; else the directory below `src` that is called like the distribution, or is alone there;
 * else the name that such a directory would have.
 *
 * @param directory Of the package, below the root.
 * @param name Of the distribution.
 * @param refuse Told of a path that leaves the package, at the key that has it; the path does not count.
 */
export async function findModule(
  files: RepositoryFiles,
  directory: string,
  table: TomlTable,
  name: string,
  refuse: (at: readonly string[], path: string) => void,
): Promise<Pick<TemplatePackage, "module" | "moduleDirectory">> {
  const below = (path: string) => [directory, path].filter((part) => part !== ".").join("/") || ".";
  const inner = (at: readonly string[]) => {
    const path = firstText(table, at);
    if (path === undefined || path === "." || isInnerPath(path)) return path;
    refuse(at, path);
    return undefined;
  };
  const wheel = inner(WHEEL_PACKAGES);
  if (wheel !== undefined && wheel !== ".") {
    return { module: wheel.split("/").at(-1)!, moduleDirectory: below(wheel) };
  }
  const where = below(inner(FIND_WHERE) ?? "src");
  const usual = normalizePackageName(name).replaceAll("-", "_");
  const found = (await files.directories(where)).filter((one) => /^[A-Za-z_]\w*$/.test(one));
  const module = found.includes(usual) || found.length !== 1 ? usual : found[0]!;
  return { module, moduleDirectory: where === "." ? module : `${where}/${module}` };
}

function firstText(table: TomlTable, path: readonly string[]): string | undefined {
  const value = getAt(table, path);
  const first = isArray(value) ? value[0] : undefined;
  return typeof first === "string" ? first.replace(/^\.\/(?=.)|\/+$/g, "") : undefined;
}
