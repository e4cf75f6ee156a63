import { nodeFollower } from "../nodes/follower.ts";
import { workflowFollower } from "../workflows/mod.ts";
import type { Follower } from "./types.ts";

/** All that follows the manifest after uv, in order. */
export const FOLLOWERS: readonly Follower[] = [nodeFollower, workflowFollower];
