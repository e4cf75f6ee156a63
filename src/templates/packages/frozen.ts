import { inventoryPaths } from "../repository/mod.ts";
import type { ComparedSide } from "./compared_side.ts";
import type { ChangedPackage, FrozenChange } from "./types.ts";

/**
 * Tells what packages that the policy freezes would have to ship newly: changed or added files, and added ids.
 *
 * Taking ids away is allowed, and only makes the inventory of frozen bundles stale where it still has them; JSON that
 * another package ships is none of theirs.
 *
 * @param inventory What the file of the inventory holds; nothing where there is none.
 */
export function frozenChanges(
  before: ComparedSide,
  now: ComparedSide,
  packages: readonly ChangedPackage[],
  inventory: unknown,
): readonly FrozenChange[] {
  const { policy, bundles, config } = now.repository;
  const files = packages.filter(({ frozen }) => frozen).flatMap((one) =>
    one.reasons.flatMap(({ rule, file, template }): FrozenChange[] =>
      rule === "added" || rule === "changed"
        ? [{ package: one.id, file, rule, ...(template !== undefined && { template }) }]
        : []
    )
  );
  const frozen = bundles.list.filter(({ name, package: id }) =>
    policy.frozenBundles.has(name) || (id !== undefined && policy.frozenPackages.has(id))
  );
  const ids = frozen.flatMap(({ name, package: id = name, ids: listed }): FrozenChange[] => {
    const old = new Set(before.repository.bundles.list.find((one) => one.name === name)?.ids);
    const present = new Set(listed);
    const change = (rule: FrozenChange["rule"]) => (template: string): FrozenChange => ({
      package: id,
      file: config.bundles,
      rule,
      template,
    });
    return [
      ...listed.filter((one) => !old.has(one)).map(change("id added")),
      ...[...old].filter((one) => !present.has(one) && inventoryPaths(inventory, one).length > 0)
        .map(change("id removed")),
    ];
  });
  return [...ids, ...files];
}

/** What of it is not allowed; the rest only makes the inventory stale. */
export function refusedChanges(changes: readonly FrozenChange[]): readonly FrozenChange[] {
  return changes.filter(({ rule }) => rule !== "id removed");
}
