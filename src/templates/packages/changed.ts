import type { Git } from "../../tools/git/mod.ts";
import { readConfig, readInventory, workingFiles } from "../repository/mod.ts";
import type { TemplatePackage } from "../types.ts";
import { compareContents } from "./compare_contents.ts";
import { frozenChanges } from "./frozen.ts";
import type { ComparedSide, Comparison, ShippedFile } from "./compared_side.ts";
import { readSide, type RepositorySide } from "./side.ts";
import { openSnapshots, type Snapshot } from "./snapshots.ts";
import { type BaseChoice, baseOf } from "./tags.ts";
import type { ChangedPackage, ChangeReason, ReleaseChanges } from "./types.ts";

/** What is compared. */
export interface ChangeOptions extends Pick<BaseChoice, "since"> {
  /** Whether only what is committed counts, not what was edited or is new to git. */
  readonly committed?: boolean;
}

/**
 * Compares what the packages of a repository ship with what they shipped at the last release, content by content.
 *
 * Titles of commits count for nothing; each side is read with its own bundles, index and policy, so that moved, renamed
 * and deleted templates come out at the packages that they concern.
 *
 * @param root The top directory of the repository.
 * @throws `E_NO_GIT`, `E_SHALLOW`, `E_NO_REVISION`, `E_BAD_CONFIG`, `E_NO_REPOSITORY`
 */
export async function compareWithRelease(
  git: Git,
  root: string,
  { since, committed }: ChangeOptions = {},
): Promise<Comparison> {
  const { tagPrefix: prefix } = await readConfig(workingFiles(root));
  const base = await baseOf(git, root, { since, prefix });
  const { before: old, now: current } = await openSnapshots(git, root, base.commit, {
    committed,
    label: base.tag,
  });
  const [before, now] = await Promise.all([
    // A commit from before there were packages is as good as none.
    old && await hasRepository(old) ? openSide(old) : undefined,
    openSide(current),
  ]);
  const packages: ChangedPackage[] = [];
  for (const id of packageIds(before, now)) {
    const changed = await changedPackage(id, before, now);
    if (changed) packages.push(changed);
  }
  const meta = await changedMeta(before, now, packages);
  const changes: ReleaseChanges = {
    base: before ? base : {},
    baseVersion: before?.repository.meta?.version,
    packages: meta ? [...packages, meta] : packages,
    frozen: before
      ? frozenChanges(before, now, packages, await readInventory(now.files, now.repository.policy))
      : [],
  };
  return { changes, before, now };
}

async function openSide(files: Snapshot): Promise<ComparedSide> {
  const side = await readSide(files);
  let places: Promise<ReadonlyMap<string, readonly ShippedFile[]>> | undefined;
  return {
    ...side,
    files,
    async placesOf(contentId) {
      places ??= readPlaces(side, files);
      return (await places).get(contentId) ?? [];
    },
  };
}

async function readPlaces(
  { contents }: RepositorySide,
  files: Snapshot,
): Promise<ReadonlyMap<string, readonly ShippedFile[]>> {
  const places = new Map<string, ShippedFile[]>();
  for (const [id, shipped] of contents) {
    for (const { kind, source, target } of shipped) {
      const content = kind === "index" ? undefined : await files.idOf(source);
      if (content === undefined) continue;
      const list = places.get(content) ?? [];
      list.push({ file: source, target, package: id });
      places.set(content, list);
    }
  }
  return places;
}

async function hasRepository(files: Snapshot): Promise<boolean> {
  return await files.idOf("bundles.json") !== undefined ||
    await files.idOf("templates.config.json") !== undefined;
}

function packageIds(before: ComparedSide | undefined, now: ComparedSide): readonly string[] {
  const all = [...before?.repository.packages ?? [], ...now.repository.packages];
  return [...new Set(all.map(({ id }) => id))].sort();
}

function findPackage(side: ComparedSide | undefined, id: string): TemplatePackage | undefined {
  return id === "meta"
    ? side?.repository.meta
    : side?.repository.packages.find((one) => one.id === id);
}

async function changedPackage(
  id: string,
  before: ComparedSide | undefined,
  now: ComparedSide,
): Promise<ChangedPackage | undefined> {
  const old = findPackage(before, id);
  const present = findPackage(now, id);
  const reasons = await reasonsOf(id, old, present, before, now);
  return reasons.length === 0 ? undefined : describe(id, before, now, reasons);
}

async function reasonsOf(
  id: string,
  old: TemplatePackage | undefined,
  present: TemplatePackage | undefined,
  before: ComparedSide | undefined,
  now: ComparedSide,
): Promise<readonly ChangeReason[]> {
  if (!before || !old) {
    const file = present?.pyproject ?? id;
    return [{ rule: before ? "new package" : "first release", file }];
  }
  return await compareContents(id, before, now);
}

/** The meta package follows every other that it could pin. */
async function changedMeta(
  before: ComparedSide | undefined,
  now: ComparedSide,
  packages: readonly ChangedPackage[],
): Promise<ChangedPackage | undefined> {
  const { meta } = now.repository;
  if (!meta) return undefined;
  const pinned = new Set(meta.dependencies.map(({ name }) => name));
  const followed = packages.filter((one) =>
    one.kind !== "blueprints" || one.package && pinned.has(one.package.normalizedName)
  );
  const own = await reasonsOf("meta", before?.repository.meta, meta, before, now);
  const reasons: readonly ChangeReason[] = [
    ...own,
    ...followed.map((one): ChangeReason => ({
      rule: "follows",
      file: one.package?.pyproject ?? one.id,
    })),
  ];
  return reasons.length === 0 ? undefined : describe("meta", before, now, reasons);
}

function describe(
  id: string,
  before: ComparedSide | undefined,
  now: ComparedSide,
  reasons: readonly ChangeReason[],
): ChangedPackage {
  const old = findPackage(before, id);
  const present = findPackage(now, id);
  const { name, kind } = (present ?? old)!;
  return {
    ...{ id, name, kind, reasons },
    baseVersion: old?.version,
    version: present?.version,
    bumped: present !== undefined && present.version !== old?.version,
    frozen: present?.frozen ?? false,
    removed: present === undefined,
    bytes: { before: bytesOf(before, id), after: bytesOf(now, id) },
    package: present,
  };
}

function bytesOf(side: ComparedSide | undefined, id: string): number {
  const files = side?.contents.get(id) ?? [];
  return files.reduce((bytes, { source }) => bytes + (side?.files.sizeOf(source) ?? 0), 0);
}
