import type { BuiltPackage } from "../building/mod.ts";
import type { SizeLimits } from "../repository/mod.ts";
import type { ReleaseChanges } from "../packages/mod.ts";
import type { TemplatePackage } from "../types.ts";
import { type DistributionVersion, exactly } from "./on_index.ts";
import type { JournalEntry, PlannedUpload, PublishPlan } from "./types.ts";

/** What a publication is decided from. */
export interface PublishFacts {
  /** In the order of publishing, the meta package last. */
  readonly packages: readonly TemplatePackage[];
  /** What was built. */
  readonly built: readonly BuiltPackage[];
  /** The versions that the index does not have. */
  readonly missing: readonly DistributionVersion[];
  /** What changed since the last release, where that is known. */
  readonly changes?: ReleaseChanges;
  readonly limits: SizeLimits;
  /** Bytes on the index by name of the distribution. */
  readonly usage?: ReadonlyMap<string, number>;
  /** What an earlier publication uploaded; built again from equal files it has equal bytes. */
  readonly uploaded?: readonly JournalEntry[];
}

/** Decides what is uploaded, what is on the index already, and what must not go up. */
export function planPublish(facts: PublishFacts): PublishPlan {
  const { packages, missing } = facts;
  const absent = new Set(missing.map(exactly));
  const warnings: string[] = [];
  const planned: PlannedUpload[] = [];
  for (const one of packages) {
    if (one.version === undefined) continue;
    const version = { name: one.name, version: one.version };
    const files = builtFiles(one, facts.built);
    const decision = absent.has(exactly(version))
      ? decideUpload(one, files, facts, warnings)
      : decideSkip(one, files, facts);
    planned.push({ id: one.id, ...version, ...decision, files });
  }
  const blocked = planned.find(({ action, id }) => action === "blocked" && id !== "meta");
  const ordered = planned.map((one): PlannedUpload =>
    one.id === "meta" && one.action === "upload" && blocked
      ? { ...one, action: "blocked", why: `${blocked.id} is blocked` }
      : one
  );
  const meta = packages.find(({ kind }) => kind === "meta");
  const own = new Set(packages.map(({ normalizedName }) => normalizedName));
  return {
    packages: ordered,
    pins: meta?.dependencies.filter(({ name }) => own.has(name)).map(({ text }) => text) ?? [],
    bytes: ordered.filter(({ action }) => action === "upload")
      .reduce((sum, { files }) => sum + bytesOf(files), 0),
    warnings,
  };
}

type Decision = Pick<PlannedUpload, "action" | "why">;

function decideUpload(
  one: TemplatePackage,
  files: PlannedUpload["files"],
  { changes, limits, usage }: PublishFacts,
  warnings: string[],
): Decision {
  if (files.length === 0) return { action: "blocked", why: "it is not built" };
  if (one.kind === "meta" && isMetaUnraised(changes)) {
    return { action: "blocked", why: `its version is that of ${changes?.base.tag}` };
  }
  const used = usage?.get(one.normalizedName);
  if (used === undefined) return { action: "upload" };
  const percent = (used + bytesOf(files)) / limits.quota * 100;
  const says = `${one.name} would use ${percent.toFixed(1)} % of the room on the index`;
  if (percent >= limits.quotaFailPercent) return { action: "blocked", why: says };
  if (percent >= limits.quotaWarnPercent) warnings.push(says);
  return { action: "upload" };
}

function decideSkip(
  one: TemplatePackage,
  files: PlannedUpload["files"],
  { changes, uploaded = [] }: PublishFacts,
): Decision {
  const before = uploaded.find(({ id, version }) => id === one.id && version === one.version);
  const differs = files.some(({ file, sha256 }) =>
    before?.files.some((known) => known.file === file && known.sha256 !== sha256)
  );
  if (differs) {
    return { action: "blocked", why: `version ${one.version} was uploaded with other content` };
  }
  const changed = changes?.packages.find(({ id }) => id === one.id);
  const stale = changed && changes?.base.commit !== undefined && !changed.bumped && !one.frozen;
  if (one.kind !== "meta" && stale) {
    const why = `it changed since ${changes?.base.tag}, and still has its version ${one.version}`;
    return { action: "blocked", why };
  }
  return { action: "skip", why: "the index has it" };
}

/** Whether packages changed and the version of the meta package did not. */
export function isMetaUnraised(changes: ReleaseChanges | undefined): boolean {
  const meta = changes?.packages.find(({ id }) => id === "meta");
  return changes?.base.commit !== undefined && meta !== undefined && !meta.bumped;
}

function builtFiles(
  one: TemplatePackage,
  built: readonly BuiltPackage[],
): PlannedUpload["files"] {
  return built.find(({ id, version }) => id === one.id && version === one.version)?.files ?? [];
}

function bytesOf(files: PlannedUpload["files"]): number {
  return files.reduce((sum, { size }) => sum + size, 0);
}
