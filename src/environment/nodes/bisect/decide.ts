import type { BisectAnswer, BisectState, BisectStep } from "./types.ts";

/**
 * Begins a search: with all packs it goes wrong.
 *
 * @param packs Ids of the packs that are loaded.
 */
export function beginBisect(packs: readonly string[]): BisectStep {
  const sorted = [...packs].sort();
  const state = { packs: sorted, suspects: sorted, held: [], proven: false, skips: 0, answers: [] };
  return nextStep(state);
}

/**
 * Draws the conclusion from a test, and says what to test next.
 *
 * When it goes well without the packs that are held back, one of them is to blame; otherwise one of the other suspects.
 */
export function answerBisect(state: BisectState, answer: BisectAnswer): BisectStep {
  const { suspects, held } = state;
  const answers = [...state.answers, { held, answer }];
  if (answer === "skip") return nextStep({ ...state, answers, skips: state.skips + 1 });
  const good = answer === "good";
  return nextStep({
    ...state,
    answers,
    suspects: suspects.filter((id) => held.includes(id) === good),
    proven: state.proven || good,
    skips: 0,
  });
}

/** How many more tests it takes at most, if none is skipped. */
export function testsLeft({ suspects, proven }: BisectState): number {
  return Math.ceil(Math.log2(Math.max(1, suspects.length))) + (proven ? 0 : 1);
}

function nextStep(state: BisectState): BisectStep {
  const { suspects, proven, skips } = state;
  const [first] = suspects;
  if (first === undefined) return { kind: "none", state: { ...state, held: [] } };
  if (suspects.length === 1 && proven) {
    return { kind: "culprit", id: first, state: { ...state, held: [] } };
  }
  // Each rotation divides the suspects in another way; then there is nothing left to try.
  if (skips >= suspects.length) return { kind: "undecided", state: { ...state, held: [] } };
  const rotated = [...suspects.slice(skips), ...suspects.slice(0, skips)];
  const held = rotated.slice(0, Math.ceil(suspects.length / 2)).sort();
  return { kind: "test", state: { ...state, held } };
}
