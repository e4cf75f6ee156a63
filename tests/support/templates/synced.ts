import { readSide, type RepositorySide } from "../../../src/templates/packages/mod.ts";
import { openDigests } from "../../../src/templates/digests/mod.ts";
import { workingFiles } from "../../../src/templates/mod.ts";
import { applySync, planSync, readGenerated } from "../../../src/templates/sync/mod.ts";
import type { TemplateFixture } from "../template_repository.ts";

/** Reads what the packages of a fixture ship. */
export function sideOf({ root }: Pick<TemplateFixture, "root">): Promise<RepositorySide> {
  return readSide(workingFiles(root));
}

/** Makes the copies in the packages of a fixture, and its manifest. */
export async function syncFixture(fixture: Pick<TemplateFixture, "root">): Promise<void> {
  const { root } = fixture;
  const side = await sideOf(fixture);
  const digests = await openDigests(root, { cache: false });
  const plan = await planSync(side.repository, side, digests, await readGenerated(root));
  await applySync(root, plan);
}
