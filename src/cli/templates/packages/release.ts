import { relative } from "node:path";
import type { Outcome, Style } from "../../../output/mod.ts";
import { type FileChange, requireSound } from "../../../templates/mod.ts";
import {
  type BumpPlan,
  checkBumped,
  checkPins,
  compareWithRelease,
  type Comparison,
  formerNames,
  planBump,
  planPins,
  versionFaults,
} from "../../../templates/packages/mod.ts";
import {
  type JournalEntry,
  missingOnIndex,
  readJournal,
  startJournal,
} from "../../../templates/publishing/mod.ts";
import { openDigests } from "../../../templates/digests/mod.ts";
import { applySync, planSync, readGenerated } from "../../../templates/sync/mod.ts";
import type { PackageIndex } from "../../../tools/mod.ts";
import type { CommandContext, InputOf } from "../../types.ts";
import { repositoryGit, writeChanges } from "../access.ts";
import { build, type BuildData, distOf } from "./build.ts";
import { type FileChangeData, renderChanges, showChanges } from "./changes_view.ts";
import { commitRelease, requireCommitted, tagRelease } from "./commit_release.ts";
import { changedFiles } from "./journal_files.ts";
import type { releaseOptions } from "./options.ts";
import { openIndex } from "./package_index.ts";
import { describePins, type PinData } from "./pin.ts";
import { carryOut, planUploads, requireMetaVersion, requireOpen } from "./publication.ts";
import { type PublishedPackage, targetOf, withStates } from "./publish.ts";
import { withPreLabel } from "./pre_label.ts";
import { reported } from "./report.ts";
import { type NamedSide, readNamedSide } from "./side.ts";

type Options = InputOf<typeof releaseOptions>["options"];

/** What `templates packages release` did, or would do. */
export interface ReleaseData {
  readonly dry_run: boolean;
  /** Version of the meta package. */
  readonly version: string | null;
  readonly since: string | null;
  /** Copies that were missing or outdated. */
  readonly copies: readonly string[];
  readonly raised: BumpPlan["raised"];
  readonly pins: PinData["pins"];
  readonly changes: readonly FileChangeData[];
  readonly built: BuildData["packages"];
  readonly packages: readonly PublishedPackage[];
  readonly commit: string | null;
  readonly tag: string | null;
}

/** Brings a release from changed templates to packages on the index: sync, bump, pin, check, build, publish, tag. */
export async function run(
  { options: given, dryRun }: InputOf<typeof releaseOptions>,
  context: CommandContext,
): Promise<Outcome<ReleaseData>> {
  const options = withPreLabel(given);
  return await reported("Release", options, context, async () => {
    const first = await readNamedSide(options, context);
    const { root } = first;
    const planOnly = dryRun || !context.options.yes;
    const git = repositoryGit(context);
    const { meta } = first.side.repository;
    const faults = meta ? versionFaults(meta, options) : [];
    requireSound([...first.side.findings, ...faults], "Cannot release");
    const comparison = await compareWithRelease(git, root, { since: options.since });
    const { changes } = comparison;
    const step = await prepare(first, comparison, options.pre, context);
    const nothing = changes.packages.length + step.changes.length === 0;
    if (!nothing) requireMetaVersion(changes);
    if (!nothing && !options.noTag) await requireCommitted(git, root, comparison);
    const idle: ReleaseData = {
      dry_run: planOnly,
      version: first.side.repository.meta?.version ?? null,
      since: changes.base.tag ?? null,
      ...step.data,
      ...{ built: [], packages: [], commit: null, tag: null },
    };
    if (planOnly || nothing) return { data: idle };
    const choice = { ...options, publishes: true };
    const index = await openIndex(context, root, choice, meta);
    await step.apply();
    const named = await readNamedSide({ root }, context);
    const after = await compareWithRelease(git, root, { since: options.since });
    requireReleasable(named, after, options.pre);
    const uploaded = options.builder === "native" ? await uploadedBefore(named) : [];
    const built = await buildMissing(named, index, uploaded, options, context);
    const dist = distOf(root, options.dist);
    const facts = { ...options, dist, changes: after.changes, index, uploaded };
    const plan = await planUploads(named.side, facts, context);
    for (const text of plan.warnings) context.warn("W_QUOTA", text);
    requireOpen(plan, after.changes);
    const changed = await changedFiles(git, root, named.side.repository);
    const { version } = idle;
    const commit = options.noTag || version === null
      ? null
      : await commitRelease(git, root, version, named.side.repository);
    const journal = await carryOut(
      { root, index, options, context, hint: AGAIN },
      startJournal(
        plan,
        { ...targetOf(options), dist: relative(root, dist), changed },
        await readJournal(root),
      ),
    );
    const { tagPrefix } = named.side.repository.config;
    const tag = commit === null || version === null
      ? null
      : await tagRelease(git, root, `${tagPrefix}${version}`, commit);
    return {
      data: { ...idle, built: built.packages, packages: withStates(plan, journal), commit, tag },
    };
  });
}

const AGAIN =
  "Put the cause right, then run the same command again; it goes on where it stopped, and tags the release";

/** What comes before building, decided and not yet done. */
interface PreparedStep {
  readonly data: Pick<ReleaseData, "copies" | "raised" | "pins" | "changes">;
  readonly changes: readonly FileChange[];
  apply(): Promise<void>;
}

/** Brings copies and manifest in step, raises versions and pins them. */
async function prepare(
  { root, side }: NamedSide,
  comparison: Comparison,
  pre: string | undefined,
  context: CommandContext,
): Promise<PreparedStep> {
  const { repository } = side;
  const digests = await openDigests(root);
  const sync = await planSync(repository, side, digests, await readGenerated(root));
  const { corePackage } = repository;
  const changing = corePackage && sync.manifest.length > 0 ? [corePackage.id] : [];
  const bump = planBump(comparison, { changing, pre });
  const pins = planPins(repository, bump.versions);
  const changes = [...sync.manifest, ...bump.changes, ...pins.changes];
  return {
    changes,
    data: {
      copies: sync.copies.map(({ target }) => target),
      raised: bump.raised,
      pins: describePins(pins),
      changes: showChanges(changes),
    },
    async apply() {
      await applySync(root, { ...sync, manifest: [] });
      await writeChanges(root, changes, context);
      await digests.save();
    },
  };
}

function requireReleasable(
  { side: { repository, findings } }: NamedSide,
  { changes, before }: Comparison,
  pre: string | undefined,
): void {
  const all = [...repository.packages, ...repository.meta ? [repository.meta] : []];
  requireSound([
    ...findings,
    ...checkPins(repository, formerNames(before)),
    ...checkBumped(changes),
    ...all.flatMap((one) => versionFaults(one, { pre })),
  ], "Cannot release");
}

/** What an earlier run uploaded in versions that packages still have. */
async function uploadedBefore(
  { root, side: { repository } }: NamedSide,
): Promise<readonly JournalEntry[]> {
  const journal = await readJournal(root);
  return journal?.packages.filter(({ id, version, state }) =>
    state === "done" &&
    repository.packages.some((one) => one.id === id && one.version === version && !one.frozen)
  ) ?? [];
}

/** Builds what the index does not have, and again what an earlier run uploaded, to see whether it is the same. */
async function buildMissing(
  named: NamedSide,
  index: PackageIndex,
  uploaded: readonly JournalEntry[],
  options: Options,
  context: CommandContext,
): Promise<BuildData> {
  const { repository } = named.side;
  const all = [...repository.packages, ...repository.meta ? [repository.meta] : []];
  const versions = all.flatMap(({ id, name, version }) =>
    version === undefined ? [] : [{ id, name, version }]
  );
  const missing = await missingOnIndex(index, versions, context.signal);
  return await build(named, {
    ...options,
    dist: distOf(named.root, options.dist),
    packages: [...new Set([...missing, ...uploaded].map(({ id }) => id))],
    dryRun: false,
  }, context);
}

/** What was done in each step. */
export function view(data: ReleaseData, style: Style): readonly string[] {
  const { dry_run, version, since, copies, raised, pins, changes, packages, tag } = data;
  const idle = changes.length + packages.length + raised.length === 0;
  if (idle && copies.length === 0) return [`Nothing changed since ${since ?? "the beginning"}`];
  return [
    `Release ${style.green(version ?? "?")}${since === null ? "" : ` after ${since}`}`,
    ...copies.length > 0 ? [`${copies.length} copies ${dry_run ? "to make" : "made"}`] : [],
    ...raised.map(({ id, from, to }) => `${id} ${from} → ${to}`),
    ...pins.map(({ to }) => `pinned ${to}`),
    ...dry_run ? renderChanges(changes, style) : [],
    ...packages.filter(({ action }) => action === "upload")
      .map(({ name, version: uploaded, state }) => `${state} ${name} ${uploaded}`),
    ...tag === null ? [] : [`tagged ${tag}`],
    ...dry_run ? ["Nothing was changed; --yes releases it"] : [],
  ];
}
