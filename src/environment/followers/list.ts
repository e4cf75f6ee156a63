import { nodeFollower } from "../nodes/follower.ts";
import { workflowFollower } from "../workflows/follower.ts";
import type { Follower } from "./types.ts";

/** All that follows the manifest after uv, in order. */
export const FOLLOWERS: readonly Follower[] = [nodeFollower, workflowFollower];
