import { throwIfAborted } from "../../base/mod.ts";
import type { Transaction } from "../../workspace/mod.ts";
import { FOLLOWERS } from "./list.ts";
import type { Followed, Follower, FollowFacts, FollowStep } from "./types.ts";

/**
 * Brings all that follows the manifest along, one part after another, as a part of a transaction.
 *
 * @returns What was done, and what was left for people to settle.
 * @throws what the steps throw; the transaction then takes all before back
 */
export async function follow(
  transaction: Transaction,
  facts: FollowFacts,
  followers: readonly Follower[] = FOLLOWERS,
): Promise<readonly Followed[]> {
  const { world: { signal, checkpoints } } = facts;
  const followed: Followed[] = [];
  for (const { part, plan } of followers) {
    for (const { apply, ...step } of await plan(facts)) {
      throwIfAborted(signal);
      await apply?.(transaction);
      followed.push({ ...step, outcome: apply ? "done" : "left" });
    }
    checkpoints.reach(`environment:followed:${part}`);
  }
  return followed;
}

/** What {@linkcode follow} would do, and what it would leave. */
export async function planFollowing(
  facts: FollowFacts,
  followers: readonly Follower[] = FOLLOWERS,
): Promise<readonly FollowStep[]> {
  const steps: FollowStep[] = [];
  for (const { plan } of followers) steps.push(...await plan(facts));
  return steps;
}

/** Whether nothing has to be brought along; what is left for people does not count. */
export async function hasFollowed(facts: FollowFacts): Promise<boolean> {
  return (await planFollowing(facts)).every(({ apply }) => apply === undefined);
}
