import { join } from "node:path";
import type { ComfydockError } from "../../base/mod.ts";
import { toolErrors } from "../../tools/mod.ts";
import { lookAt, type Transaction } from "../../workspace/mod.ts";
import { hasRepository } from "../state.ts";
import type { EnvironmentWorld } from "../types.ts";
import { failureOf } from "./failure.ts";
import type { RepairProblem } from "./types.ts";

/** What keeps git from working although the repository may be whole. */
const NOT_DAMAGE: ReadonlySet<string> = new Set([
  toolErrors.TOOL_MISSING.code,
  toolErrors.TOOL_TIMEOUT.code,
  toolErrors.GIT_FOREIGN_OWNER.code,
  toolErrors.GIT_LOCKED.code,
]);

/** Looks whether git can read `.cec`; what a damaged history held cannot be made again, so it goes to the trash. */
export async function examineHistory(world: EnvironmentWorld): Promise<readonly RepairProblem[]> {
  const { git, environment: { cec } } = world;
  if (!await lookAt(cec)) {
    return [{
      part: "history",
      problem: `"${cec}" is missing, and with it the manifest, the lock and the history`,
      hint:
        "Look for it with comfydock trash list, import a bundle, or create the environment anew",
    }];
  }
  if (!await hasRepository(cec)) return [];
  try {
    await git.status(cec);
    if (await git.resolve(cec, "HEAD") !== undefined) {
      await git.readFile(cec, "HEAD", "pyproject.toml");
      await git.readFile(cec, "HEAD", "uv.lock");
    }
    return [];
  } catch (error) {
    const failure = failureOf(error);
    if (!isDamage(failure)) {
      const { hint } = failure;
      return [{ part: "history", problem: "git cannot read .cec", error: failure, hint }];
    }
    return [{
      part: "history",
      problem: "The history in .cec/.git is damaged",
      remedy: "move it to the trash, for a new one to begin",
      fix: (transaction) => transaction.trash(join(cec, ".git")),
    }];
  }
}

/** Looks whether there is a history at all; one that begins anew does so with files that have been repaired. */
export async function examineBeginning(world: EnvironmentWorld): Promise<readonly RepairProblem[]> {
  const { git, environment: { cec } } = world;
  if (!await lookAt(cec)) return [];
  if (!await hasRepository(cec)) {
    return [{
      part: "history",
      problem: "The history in .cec/.git is missing",
      remedy: "begin a new one with what is there; older commits are gone",
      fix: (transaction) => beginHistory(world, transaction),
    }];
  }
  try {
    if (await git.resolve(cec, "HEAD") !== undefined) return [];
  } catch (error) {
    // Told by the look at the history itself.
    failureOf(error);
    return [];
  }
  return [{
    part: "history",
    problem: "The history in .cec/.git has no commit",
    remedy: "make the first one of what is there",
    fix: () => commitAll(world),
  }];
}

/** Whether a failure of git means that a repository is damaged, and not that git itself is kept from working. */
export function isDamage({ code }: ComfydockError): boolean {
  return !NOT_DAMAGE.has(code);
}

async function beginHistory(world: EnvironmentWorld, transaction: Transaction): Promise<void> {
  const { git, environment: { cec } } = world;
  const staged = await transaction.stagePath();
  await git.init(staged);
  await transaction.replace(join(cec, ".git"), join(staged, ".git"));
  await commitAll(world);
}

async function commitAll({ git, environment: { cec } }: EnvironmentWorld): Promise<void> {
  await git.add(cec);
  await git.commit(cec, "Begin the history anew", { allowEmpty: true });
}
