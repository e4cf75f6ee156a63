import {
  planPush,
  type PushedCommit,
  pushEnvironment,
  type PushPlan,
} from "../../../environment/remotes/mod.ts";
import type { Outcome, Style } from "../../../output/mod.ts";
import type { CommandContext, InputOf } from "../../types.ts";
import { commandEnvironment } from "../world.ts";
import type { pushOptions } from "./options.ts";

/** What `push` tells. */
export interface PushData {
  readonly dry_run: boolean;
  readonly branch: string;
  readonly remote: string;
  /** Without credentials. */
  readonly url: string;
  readonly commit: string;
  /** What was last seen there; nothing where the branch is new. */
  readonly before: string | null;
  readonly force: boolean;
  /** New there, newest first; at most 100. */
  readonly commits: readonly PushedCommit[];
  /** Files with changes that are in no commit, so that they stay here. */
  readonly unsaved: readonly string[];
}

/** Pushes the branch. */
export async function run(
  { args: [remote], options: { force }, dryRun }: InputOf<typeof pushOptions>,
  context: CommandContext,
): Promise<Outcome<PushData>> {
  const { world } = await commandEnvironment(context);
  const request = { remote, force };
  const plan = dryRun ? await planPush(world, request) : await pushEnvironment(world, request);
  return { data: toData(plan, dryRun) };
}

function toData(plan: PushPlan, dry_run: boolean): PushData {
  const { branch, remote, url, commit, before = null, force, commits, unsaved } = plan;
  return { dry_run, branch, remote, url, commit, before, force, commits, unsaved };
}

const SHOWN = 10;

/** The commits that went. */
export function view(data: PushData, style: Style): string[] {
  const { dry_run, branch, remote, commit, before, force, commits, unsaved } = data;
  const notes = unsaved.length === 0
    ? []
    : [`${style.yellow("note:")} not committed, so not pushed: ${unsaved.join(", ")}`];
  if (before === commit) {
    return [`${style.bold(remote)} has all of ${style.bold(branch)} already`, ...notes];
  }
  const verb = dry_run ? "Would push" : style.green("Pushed");
  return [
    `${verb} ${style.bold(branch)} to ${style.bold(remote)}${force ? " with a lease" : ""}`,
    ...commits.slice(0, SHOWN).map((one) => `  + ${one.commit.slice(0, 8)} ${one.subject}`),
    ...(commits.length > SHOWN ? [style.dim(`  … and ${commits.length - SHOWN} more`)] : []),
    ...notes,
  ];
}
