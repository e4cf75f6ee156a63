import type { Manifest } from "../../pyproject/mod.ts";
import type { Transaction } from "../../workspace/mod.ts";
import type { EnvironmentWorld } from "../types.ts";

/** The parts of an environment that follow its manifest once packages are installed, in the order in which they do. */
export type FollowPart = "nodes" | "workflows";

/** What an environment was before a command changed the files of `.cec`. */
export interface EarlierFacts {
  /** Absent where the manifest could not be read. */
  readonly manifest?: Manifest;
  /** SHA-256 in hex of each tracked workflow file that was there, by its path below `.cec`. */
  readonly workflows: ReadonlyMap<string, string>;
}

/** What a follower decides from. */
export interface FollowFacts {
  readonly world: EnvironmentWorld;
  /** Such as `sync`. */
  readonly command: string;
  /** What the environment shall be: the manifest as it is on disk now. */
  readonly manifest: Manifest;
  /** What it was; absent where nothing is known of it, as in `create` and `repair`. */
  readonly earlier?: EarlierFacts;
}

/** One thing on disk that is not as the manifest says, and how it follows. */
export interface FollowStep {
  readonly part: FollowPart;
  /** A node's id, or a path below `.cec`. */
  readonly subject: string;
  /** What is not as it should be: one sentence without a full stop. */
  readonly problem: string;
  /** What {@linkcode FollowStep.apply} does, in the infinitive. */
  readonly remedy?: string;
  /** The command that settles what is left alone. */
  readonly hint?: string;
  /** True for what is somebody's will rather than damage. */
  readonly told?: boolean;
  /** Brings it along by the transaction alone; absent where that is for people to decide. */
  readonly apply?: (transaction: Transaction) => Promise<unknown>;
}

/** A part of the environment that follows its manifest. */
export interface Follower {
  readonly part: FollowPart;
  /** Decides what has to be done; changes nothing, and where nothing has to be done, starts no program. */
  plan(facts: FollowFacts): Promise<readonly FollowStep[]>;
}

/** A step and what became of it: `left` ones are for people to settle. */
export interface Followed extends Omit<FollowStep, "apply"> {
  readonly outcome: "done" | "left";
}
