import { getAt, isArray, lineOfToml } from "../../pyproject/mod.ts";
import { type Finding, finding } from "../findings/mod.ts";
import type { TemplatePackage } from "../types.ts";

/** Tells whether `X.Y` of Python satisfies a `requires-python`, as far as its first two numbers decide. */
export function allowsPython(specifier: string, version: string): boolean {
  const wanted = numbersOf(version);
  return specifier.split(",").map((one) => one.trim()).filter((one) => one !== "").every((one) => {
    const [, operator = "", text = "", star] =
      /^(===|==|!=|~=|>=|<=|>|<)\s*v?([\d.]+?)(\.\*)?$/.exec(one) ?? [];
    if (operator === "") return false;
    const given = numbersOf(text);
    const order = compare(wanted, given);
    // `X.Y` stands for all its patch versions: one of them must fit.
    const same = given.slice(0, 2).every((number, at) => number === (wanted[at] ?? 0));
    const patched = given.length > 2;
    switch (operator) {
      case ">=":
        return order >= 0 || same;
      case ">":
        return order > 0 || (same && patched);
      case "<=":
        return order <= 0;
      case "<":
        return order < 0;
      case "~=":
        return (order >= 0 || same) &&
          given.slice(0, -1).every((number, at) => at > 1 || number === (wanted[at] ?? 0));
      case "!=":
        return !same || (patched && star === undefined);
      default:
        return same;
    }
  });
}

function numbersOf(text: string): readonly number[] {
  return text.split(".").map(Number);
}

function compare(left: readonly number[], right: readonly number[]): number {
  for (let at = 0; at < Math.max(left.length, right.length); at++) {
    const order = (left[at] ?? 0) - (right[at] ?? 0);
    if (order !== 0) return order;
  }
  return 0;
}

/**
 * Checks which versions of Python packages allow, and what their classifiers say.
 *
 * @param versions That have to be allowed, such as `3.12`.
 */
export function checkPython(
  packages: readonly TemplatePackage[],
  versions: readonly string[],
): readonly Finding[] {
  const usual = packages.find(({ kind }) => kind === "meta")?.requiresPython;
  return packages.flatMap((one) => {
    const { name, requiresPython = "" } = one;
    const excluded = versions.filter((version) => !allowsPython(requiresPython, version));
    const named = classified(one);
    const unnamed = named.size === 0
      ? []
      : versions.filter((version) => !excluded.includes(version) && !named.has(version));
    return [
      ...excluded.map((version) =>
        at(
          one,
          "requires-python",
          "E_PYTHON_EXCLUDED",
          `"${name}" does not allow Python ${version}: requires-python is "${requiresPython}"`,
        )
      ),
      ...unnamed.map((version) =>
        at(
          one,
          "classifiers",
          "W_CLASSIFIER",
          `The classifiers of "${name}" do not name Python ${version}, which it allows`,
        )
      ),
      ...usual !== undefined && requiresPython !== usual
        ? [
          at(
            one,
            "requires-python",
            "W_PYTHON_DIFFERS",
            `"${name}" asks for Python "${requiresPython}", the meta package for "${usual}"`,
          ),
        ]
        : [],
    ];
  });
}

function classified({ table }: TemplatePackage): ReadonlySet<string> {
  const list = getAt(table, ["project", "classifiers"]);
  return new Set(
    (isArray(list) ? list : []).flatMap((one) =>
      typeof one === "string"
        ? /^Programming Language :: Python :: (\d+\.\d+)$/.exec(one)?.[1] ?? []
        : []
    ),
  );
}

function at(
  { pyproject: file, text }: TemplatePackage,
  key: string,
  code: "E_PYTHON_EXCLUDED" | "W_CLASSIFIER" | "W_PYTHON_DIFFERS",
  message: string,
): Finding {
  const path = ["project", key];
  return finding(code, { file, line: lineOfToml(text, path, file), path: path.join(".") }, message);
}
