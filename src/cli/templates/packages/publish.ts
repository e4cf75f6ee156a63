import { relative } from "node:path";
import { ComfydockError } from "../../../base/mod.ts";
import { formatBytes, type Outcome, type Style } from "../../../output/mod.ts";
import { templateErrors } from "../../../templates/mod.ts";
import {
  isOpen,
  type JournalEntry,
  keptTarget,
  type PublishJournal,
  type PublishPlan,
  type PublishTarget,
  readJournal,
  startJournal,
} from "../../../templates/publishing/mod.ts";
import type { RepositorySide } from "../../../templates/packages/mod.ts";
import type { CommandContext, InputOf } from "../../types.ts";
import { repositoryGit } from "../access.ts";
import { distOf } from "./build.ts";
import { compareNamedRepository } from "./compare.ts";
import { changedFiles } from "./journal_files.ts";
import type { publishOptions } from "./options.ts";
import { openIndex } from "./package_index.ts";
import { carryOut, planUploads, requireOpen } from "./publication.ts";
import { withPreLabel } from "./pre_label.ts";
import { reported } from "./report.ts";
import { readNamedSide } from "./side.ts";

type Options = InputOf<typeof publishOptions>["options"];

/** A package as `templates packages publish` tells it. */
export interface PublishedPackage {
  readonly id: string;
  readonly name: string;
  readonly version: string;
  readonly action: "upload" | "skip" | "blocked";
  readonly state: JournalEntry["state"] | null;
  readonly why: string | null;
  readonly files: JournalEntry["files"];
}

/** What `templates packages publish` did, or would do. */
export interface PublishData {
  readonly dry_run: boolean;
  /** In the order of publishing. */
  readonly packages: readonly PublishedPackage[];
  /** What has to be installable before the meta package goes up. */
  readonly pins: readonly string[];
  /** Bytes to upload. */
  readonly bytes: number;
  readonly warnings: readonly string[];
}

/** Plans a publication, and with `--yes` carries it out. */
export async function run(
  { options: given, dryRun }: InputOf<typeof publishOptions>,
  context: CommandContext,
): Promise<Outcome<PublishData>> {
  const options = withPreLabel(given);
  return await reported("Publication", options, context, async () => {
    const { root, side } = await readNamedSide(options, context);
    const planOnly = dryRun || !context.options.yes;
    if (options.resume) return { data: await resume(root, side, planOnly, options, context) };
    const index = await openIndex(
      context,
      root,
      { ...options, publishes: true },
      side.repository.meta,
    );
    const { comparison: { changes } } = await compareNamedRepository({ root }, context);
    const dist = distOf(root, options.dist);
    const plan = await planUploads(side, { ...options, dist, changes, index }, context);
    for (const text of plan.warnings) context.warn("W_QUOTA", text);
    if (planOnly) {
      const blocked = plan.packages.some(({ action }) => action === "blocked");
      return { data: planData(plan), exit: blocked ? 5 : 0 };
    }
    requireOpen(plan, changes);
    const changed = await changedFiles(repositoryGit(context), root, side.repository);
    const journal = await carryOut(
      { root, index, options, context },
      startJournal(
        plan,
        { ...targetOf(options), dist: relative(root, dist), changed },
        await readJournal(root),
      ),
    );
    return { data: { ...planData(plan), dry_run: false, packages: withStates(plan, journal) } };
  });
}

/** Which index the options name. */
export function targetOf({ channel, publishUrl, checkUrl }: PublishTarget): PublishTarget {
  return { channel, publishUrl, checkUrl };
}

/** Goes on, with the index that the publication was begun with where none is named. */
async function resume(
  root: string,
  { repository: { meta } }: RepositorySide,
  planOnly: boolean,
  options: Options,
  context: CommandContext,
): Promise<PublishData> {
  const journal = await readJournal(root);
  if (!journal || journal.takenBack) {
    throw new ComfydockError(
      templateErrors.E_NO_JOURNAL,
      journal
        ? "Cannot go on: the publication was taken back"
        : "Cannot go on: no publication was begun here",
      { hint: "Run `comfydock templates packages publish --yes`" },
    );
  }
  const { channel, publishUrl, checkUrl } = options;
  const isNamed = [channel, publishUrl, checkUrl].some((one) => one !== undefined);
  const target = isNamed ? targetOf(options) : targetOf(journal);
  const goOn = async () => {
    const index = await openIndex(context, root, { ...target, publishes: true }, meta);
    const begun = { ...journal, ...keptTarget(target) };
    return await carryOut({ root, index, options, context }, begun);
  };
  const result = planOnly || journal.complete ? journal : await goOn();
  return {
    dry_run: planOnly,
    packages: result.packages.map((one, at): PublishedPackage => ({
      ...one,
      action: isOpen(journal.packages[at] ?? one) ? "upload" : "skip",
      why: null,
    })),
    pins: journal.pins,
    bytes: journal.packages.filter(isOpen).flatMap(({ files }) => files)
      .reduce((sum, { size }) => sum + size, 0),
    warnings: [],
  };
}

/** A plan with the names that programs read. */
export function planData(plan: PublishPlan): PublishData {
  const packages = plan.packages.map(({ why, ...one }) => ({
    ...one,
    state: null,
    why: why ?? null,
  }));
  const { pins, bytes, warnings } = plan;
  return { dry_run: true, packages, pins, bytes, warnings };
}

/** The packages of a plan as they are after it was carried out. */
export function withStates(
  plan: PublishPlan,
  { packages }: PublishJournal,
): readonly PublishedPackage[] {
  return planData(plan).packages.map((one) => ({
    ...one,
    state: packages.find(({ id }) => id === one.id)?.state ?? null,
  }));
}

/** Each package with what is done, its files and digests. */
export function view(
  { dry_run, packages, bytes }: PublishData,
  style: Style,
): readonly string[] {
  const mark = { upload: style.green, skip: style.dim, blocked: style.red };
  return [
    ...packages.flatMap(({ name, version, action, state, why, files }) => [
      `${mark[action](state ?? action)} ${name} ${version}${why === null ? "" : ` (${why})`}`,
      ...(action === "upload"
        ? files.map(({ file, size, sha256 }) => `  ${file} ${formatBytes(size)} ${sha256}`)
        : []),
    ]),
    ...dry_run ? [`${formatBytes(bytes)} to upload; nothing was uploaded, --yes does it`] : [],
  ];
}
