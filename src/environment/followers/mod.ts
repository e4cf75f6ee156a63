/**
 * What follows the manifest of an environment once packages are installed: node packs, then workflows.
 *
 * @example
 * ```ts
 * import { follow, type FollowFacts } from "./mod.ts";
 * import { changeEnvironment } from "../mod.ts";
 *
 * async function bringAlong(facts: FollowFacts) {
 *   return await changeEnvironment(facts.world, { command: facts.command }, async (transaction) =>
 *     await follow(transaction, facts)
 *   );
 * }
 * ```
 *
 * @module
 */
export { readEarlier } from "./earlier.ts";
export { follow, hasFollowed, planFollowing } from "./follow.ts";
export { FOLLOWERS } from "./list.ts";
export type {
  EarlierFacts,
  Followed,
  Follower,
  FollowFacts,
  FollowPart,
  FollowStep,
} from "./types.ts";
