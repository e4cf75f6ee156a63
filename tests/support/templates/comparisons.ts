import {
  type ChangeOptions,
  compareWithRelease,
  type Comparison,
} from "../../../src/templates/packages/mod.ts";
import { createGit, createRunner, type Git } from "../../../src/tools/mod.ts";
import type { TemplateFixture } from "../template_repository.ts";

/** git for tests. */
export const testGit: Git = createGit(createRunner({ env: Deno.env.toObject() }));

/** Compares a fixture with its last release. */
export function compare(
  { root }: Pick<TemplateFixture, "root">,
  options: ChangeOptions = {},
): Promise<Comparison> {
  return compareWithRelease(testGit, root, options);
}

/** The ids of changed packages, the meta package last. */
export async function changedIds(
  fixture: Pick<TemplateFixture, "root">,
  options: ChangeOptions = {},
): Promise<readonly string[]> {
  const { changes } = await compare(fixture, options);
  return changes.packages.map(({ id }) => id);
}

/** The reasons of one package, such as `added templates/api_b.json`. */
export async function reasonsOf(
  fixture: Pick<TemplateFixture, "root">,
  id: string,
  options: ChangeOptions = {},
): Promise<readonly string[]> {
  const { changes } = await compare(fixture, options);
  const found = changes.packages.find((one) => one.id === id);
  return found?.reasons.map(({ rule, file }) => `${rule} ${file}`) ?? [];
}
