import { ComfydockError } from "../../base/mod.ts";
import { editToml, withAt } from "../../pyproject/mod.ts";
import { type FileChange, textChange } from "../changes/mod.ts";
import { templateErrors } from "../errors.ts";
import { requireSound } from "../findings/mod.ts";
import type { TemplatePackage } from "../types.ts";
import { parseReleaseVersion, raiseVersion, type VersionLevel } from "../versions/mod.ts";
import { versionFaults } from "./check_pyproject.ts";
import type { Comparison } from "./compared_side.ts";
import { refusedChanges } from "./frozen.ts";
import type { FrozenChange } from "./types.ts";

/** Which packages are raised, and how. */
export interface BumpOptions {
  /** Ids; default all that changed. */
  readonly packages?: readonly string[];
  /** Of packages whose last number is not the one to raise; they are raised although nothing changed. */
  readonly levels?: ReadonlyMap<string, VersionLevel>;
  /** Ids of packages that are about to change, besides those that did. */
  readonly changing?: readonly string[];
  /** Makes pre-releases, such as `rc1`. */
  readonly pre?: string;
}

/** What raising versions changes. */
export interface BumpPlan {
  readonly raised: readonly {
    readonly id: string;
    readonly name: string;
    readonly from: string;
    readonly to: string;
  }[];
  /** Changed packages that have a new version already. */
  readonly left: readonly { readonly id: string; readonly version: string; readonly why: string }[];
  readonly changes: readonly FileChange[];
  /** The versions that packages get, by id. */
  readonly versions: ReadonlyMap<string, string>;
}

/**
 * Raises the versions of changed packages that still have those of the last release. The meta package's is set by hand.
 *
 * @throws `E_FROZEN`, `E_NO_PACKAGE`, `E_BAD_REPOSITORY` for a version that is none of three numbers
 */
export function planBump(
  { changes, now, before }: Comparison,
  { packages: chosen, levels = new Map(), changing = [], pre }: BumpOptions = {},
): BumpPlan {
  const { packages } = now.repository;
  for (const id of [...chosen ?? [], ...levels.keys()]) requirePackage(id, packages);
  requireUnfrozen(changes.frozen, packages, [...chosen ?? [], ...levels.keys()]);
  const changed = new Set([
    ...changes.packages.filter(({ removed }) => !removed).map(({ id }) => id),
    ...changing,
  ]);
  const plan = {
    raised: [] as BumpPlan["raised"][number][],
    left: [] as BumpPlan["left"][number][],
    changes: [] as FileChange[],
    versions: new Map<string, string>(),
  };
  const concerned = packages.filter((one) =>
    !one.frozen && (chosen?.includes(one.id) ?? true) &&
    (changed.has(one.id) || levels.has(one.id) || isPre(one.version))
  );
  requireSound(
    concerned.flatMap((one) => versionFaults(one, { pre: true })),
    "Cannot raise versions",
  );
  for (const one of concerned) {
    const old = before?.repository.packages.find(({ id }) => id === one.id)?.version;
    const { version = "" } = one;
    const to = nextVersion(version, old, levels.get(one.id), pre);
    if (to === undefined || to === version) {
      const why = old === undefined ? "first release" : "raised already";
      plan.left.push({ id: one.id, version, why });
      continue;
    }
    plan.raised.push({ id: one.id, name: one.name, from: version, to });
    plan.versions.set(one.id, to);
    const table = withAt(one.table, ["project", "version"], to);
    const text = editToml(one.text, table, { name: one.pyproject });
    plan.changes.push(...textChange(one.pyproject, one.text, text));
  }
  return plan;
}

/** @param old Version at the last release; absent for a package that it did not have. */
function nextVersion(
  version: string,
  old: string | undefined,
  level: VersionLevel | undefined,
  pre: string | undefined,
): string | undefined {
  const present = parseReleaseVersion(version);
  if (!present) return undefined;
  if (present.pre !== undefined && (level === undefined || level === "patch")) {
    // A pre-release goes on to the next one, or becomes the release that it led to.
    return raiseVersion(present, "patch", pre);
  }
  if (old === undefined) return undefined;
  const start = parseReleaseVersion(old);
  if (version === old) return raiseVersion(present, level ?? "patch", pre);
  if (level === undefined || !start) return undefined;
  const wanted = raiseVersion(start, level, pre);
  return isBelow(version, wanted) ? wanted : undefined;
}

function isBelow(version: string, wanted: string): boolean {
  const [left, right] = [parseReleaseVersion(version), parseReleaseVersion(wanted)];
  if (!left || !right) return false;
  const at = left.numbers.findIndex((number, index) => number !== right.numbers[index]);
  return at >= 0 && left.numbers[at]! < right.numbers[at]!;
}

function isPre(version: string | undefined): boolean {
  return version !== undefined && parseReleaseVersion(version)?.pre !== undefined;
}

function requirePackage(id: string, packages: readonly TemplatePackage[]): void {
  if (packages.some((one) => one.id === id)) return;
  throw new ComfydockError(
    templateErrors.E_NO_PACKAGE,
    id === "meta"
      ? 'Cannot raise the version of "meta": the meta package\'s is set by hand'
      : `Cannot raise the version of "${id}": there is no such package`,
    { hint: "Run `comfydock templates packages list`" },
  );
}

/**
 * Lets only changes pass that frozen packages need not ship.
 *
 * @throws `E_FROZEN`
 */
export function requireUnfrozen(
  changes: readonly FrozenChange[],
  packages: readonly TemplatePackage[],
  wanted: readonly string[] = [],
): void {
  const named = packages.find(({ id, frozen }) => frozen && wanted.includes(id));
  const [first] = refusedChanges(changes);
  if (!named && !first) return;
  const why = first
    ? `"${first.package}" is frozen, and ${first.file} has ${
      first.rule === "id added" ? `the new id "${first.template}"` : `been ${first.rule}`
    }`
    : `"${named?.id}" is frozen`;
  throw new ComfydockError(templateErrors.E_FROZEN, `Cannot raise versions: ${why}`, {
    hint: "Take the change back, or give the template another id in a bundle that is not frozen",
    details: { changes: refusedChanges(changes) },
  });
}
