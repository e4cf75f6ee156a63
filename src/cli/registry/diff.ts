import { readMappings } from "../../mappings/mod.ts";
import { formatCount, type Outcome, type Style } from "../../output/mod.ts";
import { diffMappings, type MappingsDiff, type PackageChange } from "../../pipeline/mod.ts";
import type { CommandInput } from "../types.ts";

const SHOWN = 20;

/** Compares two mappings files. */
export async function run({ args }: CommandInput): Promise<Outcome<MappingsDiff>> {
  const [before, after] = [await readMappings(args[0]!), await readMappings(args[1]!)];
  return { data: diffMappings(before, after) };
}

/** What came, went and changed, the first of each kind. */
export function view(diff: MappingsDiff, style: Style): string[] {
  if (diff.equal) return ["Both hold the same data"];
  return [
    ...listed("packages came", diff.packages_added, style, (id) => style.green(`+ ${id}`)),
    ...listed("packages went", diff.packages_removed, style, (id) => style.red(`- ${id}`)),
    ...listed(
      "packages changed",
      diff.packages_changed,
      style,
      (one) => `~ ${one.id}${changeOf(one)}`,
    ),
    ...listed("nodes came", diff.signatures_added, style, (key) => style.green(`+ ${key}`)),
    ...listed("nodes went", diff.signatures_removed, style, (key) => style.red(`- ${key}`)),
    ...listed(
      "nodes have another best package",
      diff.leader_changes,
      style,
      ({ key, before, after }) => `~ ${key}: ${before} → ${after}`,
    ),
  ];
}

function listed<Item>(
  title: string,
  items: readonly Item[],
  style: Style,
  line: (item: Item) => string,
): string[] {
  if (items.length === 0) return [];
  const more = items.length - SHOWN;
  return [
    style.bold(`${formatCount(items.length)} ${title}`),
    ...items.slice(0, SHOWN).map((item) => `  ${line(item)}`),
    ...(more > 0 ? [style.dim(`  … and ${formatCount(more)} more; --json shows all`)] : []),
  ];
}

function changeOf({ fields, versions_added, version_changes }: PackageChange): string {
  const parts = [
    ...versions_added.map((version) => `+${version}`),
    ...version_changes.map((change) =>
      `${change.version}: ${change.fields.map((one) => one.field).join(", ")}`
    ),
    ...fields.map((one) => one.field),
  ];
  return parts.length > 0 ? ` (${parts.slice(0, 6).join(", ")})` : "";
}
