import { getAt, isArray, isTable, lineOfToml } from "../../pyproject/mod.ts";
import type { PackageFile } from "../contents/mod.ts";
import { type Finding, finding } from "../findings/mod.ts";
import type { TemplatePackage } from "../types.ts";
import { globPattern } from "../wheels/glob_pattern.ts";

/** What of a package's files its wheel holds. */
export interface ShippedFiles {
  readonly shipped: readonly PackageFile[];
  /** Files in the module that no pattern covers. */
  readonly uncovered: readonly PackageFile[];
  /** Files beside the module. */
  readonly beside: readonly PackageFile[];
}

/**
 * Tells which files of a package its wheel holds, as its build backend would decide.
 *
 * setuptools takes the modules, and data that `package-data` covers; hatchling takes everything in the module.
 */
export function shippedFiles(one: TemplatePackage, files: readonly PackageFile[]): ShippedFiles {
  const start = `${one.moduleDirectory}/`;
  const inside = files.filter(({ target }) => target.startsWith(start));
  const beside = files.filter(({ target }) => !target.startsWith(start));
  const patterns = patternsOf(one);
  if (!patterns) return { shipped: inside, uncovered: [], beside };
  const isShipped = ({ target }: PackageFile) => {
    const path = target.slice(start.length);
    return /\.pyi?$|^py\.typed$/.test(path) || patterns.some(({ fits }) => fits(path));
  };
  return {
    shipped: inside.filter(isShipped),
    uncovered: inside.filter((file) => !isShipped(file)),
    beside,
  };
}

/** What is wrong with the patterns of `package-data`. */
export function dataFaults(
  one: TemplatePackage,
  files: readonly PackageFile[],
): readonly Finding[] {
  const { uncovered } = shippedFiles(one, files);
  const start = `${one.moduleDirectory}/`;
  const inside = files.filter(({ target }) => target.startsWith(start))
    .map(({ target }) => target.slice(start.length));
  const idle = (patternsOf(one) ?? []).filter(({ fits }) => !inside.some(fits));
  const { pyproject: file, text } = one;
  return [
    ...uncovered.map(({ target }) =>
      finding(
        "E_PACKAGE_DATA",
        { file, line: lineOfToml(text, DATA, file), path: DATA.join(".") },
        `No pattern of "${one.name}" covers "${
          target.slice(start.length)
        }", so that it is not packaged`,
      )
    ),
    ...idle.map(({ pattern, at }) =>
      finding(
        "W_PACKAGE_DATA",
        { file, line: lineOfToml(text, at, file), path: at.join(".") },
        `The pattern "${pattern}" of "${one.name}" fits no file`,
      )
    ),
  ];
}

const DATA = ["tool", "setuptools", "package-data"];

interface Pattern {
  readonly pattern: string;
  readonly at: readonly (string | number)[];
  fits(path: string): boolean;
}

/** The patterns of setuptools, or nothing for another backend. */
function patternsOf(
  { buildBackend, table, module }: TemplatePackage,
): readonly Pattern[] | undefined {
  if (buildBackend !== undefined && !buildBackend.startsWith("setuptools")) return undefined;
  const data = getAt(table, DATA);
  return ["*", "", module].flatMap((key) => {
    const list = isTable(data) ? data[key] : undefined;
    return (isArray(list) ? list : []).flatMap((pattern, index) =>
      typeof pattern === "string"
        ? [{ pattern, at: [...DATA, key, index], fits: globPattern(pattern) }]
        : []
    );
  });
}
