import type { Followed } from "../../environment/followers/mod.ts";
import type { Style } from "../../output/mod.ts";

/** What became of a node or workflow that follows the manifest, as programs get it. */
export type FollowedData = Omit<Followed, "told">;

/** What became of nodes and workflows, as programs get it. */
export function toFollowedData(followed: readonly Followed[]): readonly FollowedData[] {
  return followed.map(({ part, subject, problem, remedy, hint, outcome }) => ({
    part,
    subject,
    problem,
    remedy,
    hint,
    outcome,
  }));
}

/** What was brought along, then what was left, each with the command that settles it. */
export function renderFollowed(followed: readonly FollowedData[], style: Style): string[] {
  const done = followed.filter(({ outcome }) => outcome === "done");
  const left = followed.filter(({ outcome }) => outcome === "left");
  return [
    ...done.map(({ subject, remedy = "" }) => `  ~ ${subject} ${style.dim(remedy)}`.trimEnd()),
    ...left.flatMap(({ problem, hint }) => [
      `${style.yellow("note:")} ${problem}`,
      ...(hint === undefined ? [] : [`  hint: ${hint}`]),
    ]),
  ];
}
