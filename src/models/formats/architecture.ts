import type { ArchitectureRule, FormatKnowledge } from "./knowledge.ts";

/** A tensor as far as it tells what it belongs to. */
export interface NamedTensor {
  readonly name: string;
  readonly shape: readonly number[];
}

/**
 * The architecture that tensors belong to: the first rule that fits.
 *
 * @param tensors All of the file.
 * @param knowledge The rules, the most particular first.
 */
export function architectureOf(
  tensors: readonly NamedTensor[],
  { architectures }: FormatKnowledge,
): string | undefined {
  return architectures.find((rule) => fits(rule, tensors))?.name;
}

function fits({ keys, dimension }: ArchitectureRule, tensors: readonly NamedTensor[]): boolean {
  const found = keys.map((key) => tensors.find(({ name }) => name.includes(key)));
  if (!found.every((tensor) => tensor !== undefined)) return false;
  return !dimension || found.at(-1)?.shape[dimension.at] === dimension.length;
}

/** The type that most of the numbers of a file have. */
export function mostUsed(
  tensors: readonly { readonly dtype: string; readonly count: number }[],
): string | undefined {
  const sums = new Map<string, number>();
  for (const { dtype, count } of tensors) sums.set(dtype, (sums.get(dtype) ?? 0) + count);
  const [first] = [...sums].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  return first?.[0];
}
