/**
 * Repositories elsewhere that an environment is pushed to and pulled from.
 *
 * @example
 * ```ts
 * import { fetchEnvironment, pullEnvironment } from "./mod.ts";
 * import type { EnvironmentWorld } from "../mod.ts";
 *
 * async function catchUp(world: EnvironmentWorld): Promise<string | undefined> {
 *   return (await pullEnvironment(world, await fetchEnvironment(world))).commit;
 * }
 * ```
 *
 * @module
 */
export { isLocalAddress, readRemoteAddress } from "./address.ts";
export { addRemote, listRemotes, type Remote, removeRemote } from "./change.ts";
export { remoteErrors } from "./errors.ts";
export type { Partner } from "./partner.ts";
export { type FetchedPlan, fetchEnvironment, pullEnvironment, type PullRequest } from "./pull.ts";
export {
  planPush,
  type PushedCommit,
  pushEnvironment,
  type PushPlan,
  type PushRequest,
} from "./push.ts";
