import {
  type BisectAnswer,
  type BisectState,
  type BisectStep,
  testsLeft,
} from "../../../environment/nodes/mod.ts";
import type { Style } from "../../../output/mod.ts";

/** What a step of `node bisect` tells. */
export interface BisectData {
  readonly environment: string;
  readonly dry_run: boolean;
  /** `test` asks for an answer; all else ends the search. */
  readonly state: "test" | "culprit" | "none" | "undecided" | "reset";
  /** The pack that is to blame. */
  readonly culprit: string | null;
  /** Packs that may still be to blame. */
  readonly suspects: readonly string[];
  /** Packs that are held back just now. */
  readonly held: readonly string[];
  /** How many more tests it takes at most, if none is skipped. */
  readonly tests_left: number;
  /** Answers so far, oldest first. */
  readonly answers: readonly BisectAnswer[];
}

/** A step as programs get it. */
export function bisectData(environment: string, step: BisectStep, dryRun = false): BisectData {
  const culprit = step.kind === "culprit" ? step.id : null;
  return { ...stateData(environment, step.state, dryRun), state: step.kind, culprit };
}

/** A search that was given up, as programs get it. */
export function stateData(environment: string, state: BisectState, dryRun = false): BisectData {
  const { suspects, held, answers } = state;
  return {
    environment,
    dry_run: dryRun,
    state: "reset",
    culprit: null,
    suspects,
    held,
    tests_left: testsLeft(state),
    answers: answers.map(({ answer }) => answer),
  };
}

/** What to do next, or who it was. */
export function bisectLines(data: BisectData, style: Style): string[] {
  const { environment, dry_run, state, culprit, suspects, held, tests_left } = data;
  const restored = style.dim("All node packs are where they were");
  switch (state) {
    case "culprit":
      return [
        `${style.bold(culprit ?? "")} is to blame`,
        restored,
        style.dim(`Run comfydock node disable ${culprit} --env ${environment} to go on without it`),
      ];
    case "none":
      return ["No node pack by itself is to blame: it goes wrong whichever is held back", restored];
    case "undecided":
      return [`Too much was skipped: it is one of ${suspects.join(", ")}`, restored];
    case "reset":
      return [dry_run ? "Would put all node packs back" : "The search is given up", restored];
    case "test":
      return [
        `${dry_run ? "Would hold" : "Held"} back ${held.length} of ${suspects.length} suspects: ` +
        held.join(", "),
        `At most ${tests_left} ${tests_left === 1 ? "test" : "tests"} to go`,
        style.dim("Start ComfyUI, try what goes wrong, then answer:"),
        style.dim("  comfydock node bisect good    it works without them"),
        style.dim("  comfydock node bisect bad     it still goes wrong"),
        style.dim("  comfydock node bisect skip    it cannot be told"),
      ];
  }
}
