import { inventoryFile, inventoryPaths, isRecord } from "../repository/mod.ts";
import { requireOpenBundle } from "./bundle_rules.ts";
import { moveInManifest } from "./manifest_edits.ts";
import { bundlePaths } from "./occurrences.ts";
import { type Edits, finishEdits, openEdits, requireTemplate } from "./open_edits.ts";
import { filesById, sizeOf } from "./own_files.ts";
import type { EditPlan } from "./types.ts";

/** A bundle whose packages change in size. */
export interface BundleSize {
  readonly bundle: string;
  /** Bytes of workflows and media. */
  readonly before: number;
  readonly after: number;
}

/** Templates that go to another bundle. */
export interface MovePlan extends EditPlan {
  readonly sizes: readonly BundleSize[];
}

/**
 * Plans to move templates to another bundle, and so to another package.
 *
 * @throws `E_NO_TEMPLATE`, `E_NO_BUNDLE`, `E_FROZEN`
 */
export async function planMove(
  root: string,
  ids: readonly string[],
  bundle: string,
): Promise<MovePlan> {
  const edits = await openEdits(root);
  const { repository, session } = edits;
  const { bundles, config, policy } = repository;
  // A frozen bundle gets nothing, so that what moves can only leave its inventory.
  const inventory = inventoryFile(policy);
  const moving = ids.filter((id) => bundles.bundleOf.get(id) !== bundle);
  for (const id of ids) requireTemplate(edits, id);
  if (moving.length > 0) requireOpenBundle(repository, bundle, `Cannot move "${moving[0]}"`);
  const sizes = await sizesAfter(edits, moving, bundle);
  for (const id of moving) {
    const old = bundlePaths(await session.json(config.bundles), id);
    await session.edit(
      config.bundles,
      old.toReversed().map((path) => ({ path, value: undefined })),
    );
    const length = lengthOf(await session.json(config.bundles), bundle);
    await session.edit(config.bundles, [{ path: [bundle, length], value: id }]);
    if (inventory !== undefined) {
      const gone = inventoryPaths(await session.json(inventory), id);
      await session.edit(inventory, gone.toReversed().map((path) => ({ path, value: undefined })));
    }
    await moveInManifest(edits, id, bundle);
  }
  return { ...finishEdits(edits, ids), sizes };
}

async function sizesAfter(
  edits: Edits,
  moving: readonly string[],
  target: string,
): Promise<readonly BundleSize[]> {
  const { root, repository: { bundles, config } } = edits;
  const files = await filesById(edits);
  const old = new Map(moving.map((id) => [id, bundles.bundleOf.get(id)]));
  const touched = [...new Set([...old.values(), target])].filter((name) => name !== undefined);
  const before = new Map<string, number>();
  const after = new Map<string, number>();
  const add = (sizes: Map<string, number>, name: string | undefined, bytes: number) => {
    if (name !== undefined) sizes.set(name, (sizes.get(name) ?? 0) + bytes);
  };
  for (const [id, bundle] of bundles.bundleOf) {
    if (!touched.includes(bundle)) continue;
    let bytes = 0;
    for (const name of files.get(id) ?? []) {
      bytes += await sizeOf(root, `${config.templatesDir}/${name}`);
    }
    add(before, bundle, bytes);
    add(after, old.has(id) ? target : bundle, bytes);
  }
  return touched.map((bundle) => ({
    bundle,
    before: before.get(bundle) ?? 0,
    after: after.get(bundle) ?? 0,
  }));
}

function lengthOf(value: unknown, bundle: string): number {
  const list = isRecord(value) ? value[bundle] : undefined;
  return Array.isArray(list) ? list.length : 0;
}
