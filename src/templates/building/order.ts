import { ComfydockError, compareCodePoints } from "../../base/mod.ts";
import { templateErrors } from "../errors.ts";
import type { TemplatePackage } from "../types.ts";

/**
 * Puts packages into levels: those of a level depend only on packages of lower ones. Within a level they are in the
 * order of their ids; the meta package is in the last level.
 *
 * @throws `E_CYCLE` naming the cycle
 */
export function buildLevels(
  packages: readonly TemplatePackage[],
): readonly (readonly TemplatePackage[])[] {
  const byName = new Map(packages.map((one) => [one.normalizedName, one]));
  const levels = new Map<string, number>();
  const levelOf = (one: TemplatePackage, path: readonly TemplatePackage[]): number => {
    const known = levels.get(one.id);
    if (known !== undefined) return known;
    if (path.includes(one)) throw cycle([...path.slice(path.indexOf(one)), one]);
    const below = one.dependencies.flatMap(({ name }) => {
      const other = byName.get(name);
      return other ? [levelOf(other, [...path, one])] : [];
    });
    const level = below.length === 0 ? 0 : Math.max(...below) + 1;
    levels.set(one.id, level);
    return level;
  };
  const sorted = packages.toSorted((left, right) => compareCodePoints(left.id, right.id));
  for (const one of sorted) levelOf(one, []);
  const meta = sorted.find(({ kind }) => kind === "meta");
  if (meta) {
    const others = sorted.filter((one) => one !== meta).map(({ id }) => levels.get(id) ?? 0);
    levels.set(meta.id, Math.max(levels.get(meta.id) ?? 0, ...others.map((level) => level + 1)));
  }
  const count = Math.max(-1, ...levels.values()) + 1;
  return Array.from(
    { length: count },
    (_, level) => sorted.filter(({ id }) => levels.get(id) === level),
  );
}

function cycle(path: readonly TemplatePackage[]): ComfydockError {
  const names = path.map(({ name }) => name);
  return new ComfydockError(
    templateErrors.E_CYCLE,
    `Cannot put packages in order: they depend on each other: ${names.join(" → ")}`,
    { hint: "Take one of these dependencies out", details: { cycle: names } },
  );
}
