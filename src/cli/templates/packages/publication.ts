import { ComfydockError, readTextBounded } from "../../../base/mod.ts";
import { buildLevels, readBuildReport } from "../../../templates/building/mod.ts";
import { requireSound, templateErrors } from "../../../templates/mod.ts";
import {
  type ReleaseChanges,
  type RepositorySide,
  versionFaults,
} from "../../../templates/packages/mod.ts";
import {
  isMetaUnraised,
  type JournalEntry,
  missingOnIndex,
  parseUsage,
  planPublish,
  publish,
  type PublishJournal,
  type PublishPlan,
  usageOnIndex,
} from "../../../templates/publishing/mod.ts";
import type { PackageIndex } from "../../../tools/mod.ts";
import type { CommandContext, InputOf } from "../../types.ts";
import type { publishOptions } from "./options.ts";

type Options = InputOf<typeof publishOptions>["options"];

const LARGEST_USAGE = 1024 ** 2;
const PATIENCE_SECONDS = 300;

/** Decides what is uploaded. */
export async function planUploads(
  side: RepositorySide,
  { dist, changes, index, pre, usage, uploaded }: Pick<Options, "pre" | "usage"> & {
    readonly dist: string;
    /** What an earlier publication uploaded, where the same files give the same bytes. */
    readonly uploaded?: readonly JournalEntry[];
    readonly changes: ReleaseChanges;
    readonly index: PackageIndex;
  },
  context: CommandContext,
): Promise<PublishPlan> {
  const { repository } = side;
  const all = [...repository.packages, ...repository.meta ? [repository.meta] : []];
  requireSound(
    [...repository.findings, ...all.flatMap((one) => versionFaults(one, { pre }))],
    "Cannot publish",
  );
  const packages = buildLevels(all).flat();
  const versions = packages.flatMap(({ name, version }) =>
    version === undefined ? [] : [{ name, version }]
  );
  return planPublish({
    packages,
    built: await readBuildReport(dist),
    missing: await missingOnIndex(index, versions, context.signal),
    changes,
    limits: repository.limits,
    usage: usage === undefined
      ? undefined
      : await readUsage(usage, all.map(({ normalizedName }) => normalizedName), context),
    uploaded,
  });
}

/** What distributions take on the index: from a file, or asked for at an address. */
async function readUsage(
  from: string,
  names: readonly string[],
  { http, signal }: CommandContext,
): Promise<ReadonlyMap<string, number>> {
  return /^https?:\/\//i.test(from)
    ? await usageOnIndex(await http(), from, names, signal)
    : parseUsage(await readTextBounded(from, LARGEST_USAGE), from);
}

/**
 * Lets a plan pass in which nothing is blocked.
 *
 * @throws `E_META_VERSION`, `E_NOT_BUMPED`, `E_QUOTA`, `E_BUILD_FAILED`
 */
export function requireOpen(plan: PublishPlan, changes: ReleaseChanges): void {
  requireMetaVersion(changes);
  const blocked = plan.packages.find(({ action }) => action === "blocked");
  if (!blocked) return;
  const { why = "", files, name, version } = blocked;
  const [kind, hint] = files.length === 0 && /not built/.test(why)
    ? [templateErrors.E_BUILD_FAILED, "Run `comfydock templates packages build`"] as const
    : /other content/.test(why)
    ? [
      templateErrors.E_NOT_BUMPED,
      "Raise its version by hand, then run `comfydock templates packages pin`",
    ] as const
    : /still has its version/.test(why)
    ? [templateErrors.E_NOT_BUMPED, "Run `comfydock templates packages bump`"] as const
    : [templateErrors.E_QUOTA, "Ask for more room, or delete releases on the index"] as const;
  throw new ComfydockError(kind, `Cannot publish ${name} ${version}: ${why}`, { hint });
}

/**
 * Lets only changes pass whose meta package got another version by hand.
 *
 * @throws `E_META_VERSION`
 */
export function requireMetaVersion(changes: ReleaseChanges): void {
  if (!isMetaUnraised(changes)) return;
  const meta = changes.packages.find(({ id }) => id === "meta");
  throw new ComfydockError(
    templateErrors.E_META_VERSION,
    `Cannot release: packages changed, and ${meta?.name} still has version ${meta?.version} of ${changes.base.tag}`,
    { hint: `Set release version: write another \`version\` into ${meta?.package?.pyproject}` },
  );
}

/** Uploads what a journal has as open. */
export async function carryOut(
  { root, index, options, context, hint }: {
    readonly root: string;
    readonly index: PackageIndex;
    readonly options: Pick<Options, "wait">;
    readonly context: CommandContext;
    /** What helps when it fails. */
    readonly hint?: string;
  },
  journal: PublishJournal,
): Promise<PublishJournal> {
  const { report, signal, clock } = context;
  const patienceMs = (options.wait ?? PATIENCE_SECONDS) * 1000;
  return await publish({ root, index, patienceMs, hint, report, signal, clock }, journal);
}
