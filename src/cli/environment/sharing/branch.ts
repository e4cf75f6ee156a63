import { ComfydockError } from "../../../base/mod.ts";
import {
  type BranchChange,
  createBranch,
  deleteBranch,
  type EnvironmentBranch,
  listBranches,
} from "../../../environment/branches/mod.ts";
import { alignColumns, type Outcome, type Style } from "../../../output/mod.ts";
import { cliErrors } from "../../errors.ts";
import type { CommandContext, InputOf } from "../../types.ts";
import { commandEnvironment } from "../world.ts";
import type { branchOptions } from "./options.ts";

/** What `branch` tells. */
export interface BranchData {
  readonly dry_run: boolean;
  readonly created: BranchChange | null;
  readonly deleted: BranchChange | null;
  /** All there are now; in a dry run as they are. */
  readonly branches: readonly {
    readonly name: string;
    readonly commit: string;
    readonly current: boolean;
    readonly upstream: string | null;
  }[];
  /** What remotes were last seen to have. */
  readonly remote_branches: readonly BranchChange[];
}

/** Lists, makes or deletes branches. */
export async function run(
  { args: [name], options: { list, delete: remove, force }, dryRun }: InputOf<typeof branchOptions>,
  context: CommandContext,
): Promise<Outcome<BranchData>> {
  if (list && (name !== undefined || remove)) throw unfit("--list takes no NAME and no --delete");
  if (remove && name === undefined) throw unfit("--delete needs the NAME of a branch");
  if (force && !remove) throw unfit("--force goes with --delete only");
  const { world } = await commandEnvironment(context);
  const changed = name === undefined
    ? null
    : remove
    ? await deleteBranch(world, name, { force, dryRun })
    : await createBranch(world, name, { dryRun });
  const { branches, remote } = await listBranches(world);
  return {
    data: {
      dry_run: dryRun,
      created: remove ? null : changed,
      deleted: remove ? changed : null,
      branches: branches.map(toData),
      remote_branches: remote,
    },
  };
}

function toData({ name, commit, current, upstream }: EnvironmentBranch) {
  return { name, commit, current, upstream: upstream ?? null };
}

function unfit(why: string): ComfydockError {
  return new ComfydockError(cliErrors.ARGUMENT_INVALID, `Cannot run comfydock branch: ${why}`, {
    hint: "Run comfydock branch --help",
  });
}

/** What came or went, or all branches with a star at the one that is worked on. */
export function view(data: BranchData, style: Style): string[] {
  const { dry_run, created, deleted, branches, remote_branches } = data;
  if (created) {
    return [
      `${dry_run ? "Would make" : style.green("Made")} the branch ${style.bold(created.name)} at ${
        created.commit.slice(0, 8)
      }`,
    ];
  }
  if (deleted) {
    return [
      `${dry_run ? "Would delete" : style.green("Deleted")} the branch ${
        style.bold(deleted.name)
      }, which was at ${deleted.commit.slice(0, 8)}`,
    ];
  }
  return alignColumns([
    ...branches.map(({ name, commit, current, upstream }) => [
      `${current ? "*" : " "} ${current ? style.bold(name) : name}`,
      commit.slice(0, 8),
      upstream === null ? "" : style.dim(`follows ${upstream}`),
    ]),
    ...remote_branches.map(({ name, commit }) => [
      style.dim(`  ${name}`),
      commit.slice(0, 8),
      "",
    ]),
  ]);
}
