import assert from "node:assert/strict";
import fc from "fast-check";
import {
  answerBisect,
  beginBisect,
  type BisectStep,
  testsLeft,
} from "../../../../src/environment/nodes/mod.ts";

/** Answers all tests as somebody would whose environment has this fault. */
function search(
  packs: readonly string[],
  isGood: (held: readonly string[]) => boolean | undefined,
): { readonly end: BisectStep; readonly tests: number } {
  let step = beginBisect(packs);
  let tests = 0;
  while (step.kind === "test") {
    const good = isGood(step.state.held);
    step = answerBisect(step.state, good === undefined ? "skip" : good ? "good" : "bad");
    assert.ok(++tests < 1_000);
  }
  return { end: step, tests };
}

const someIds = fc.uniqueArray(fc.stringMatching(/^[a-z]{1,6}$/), { minLength: 1, maxLength: 40 });

Deno.test("the pack that is to blame is found among any others, in no more tests than were told", () => {
  fc.assert(
    fc.property(someIds, fc.nat(), (ids, at) => {
      const culprit = ids[at % ids.length]!;
      const first = beginBisect(ids);
      const { end, tests } = search(ids, (held) => held.includes(culprit));
      assert.ok(end.kind === "culprit" && end.id === culprit);
      assert.deepEqual(end.state.held, []);
      assert.ok(tests <= testsLeft(first.state));
    }),
    { numRuns: 200 },
  );
});

Deno.test("tests that cannot be told are asked in another way, as long as there is one", () => {
  fc.assert(
    fc.property(someIds, fc.nat(), fc.nat(9), (ids, at, every) => {
      const culprit = ids[at % ids.length]!;
      let asked = 0;
      const { end } = search(
        ids,
        (held) => asked++ % (every + 2) === 0 ? undefined : held.includes(culprit),
      );
      if (end.kind === "culprit") assert.equal(end.id, culprit);
      else {
        assert.equal(end.kind, "undecided");
        assert.ok(end.state.suspects.includes(culprit));
      }
    }),
    { numRuns: 200 },
  );
});

Deno.test("a fault that no pack has leads to none, and one that cannot be tested is left open", () => {
  for (const count of [1, 2, 7]) {
    const ids = Array.from({ length: count }, (_, at) => `pack-${at}`);
    assert.equal(search(ids, () => false).end.kind, "none");
    const open = search(ids, () => undefined).end;
    assert.deepEqual([open.kind, open.state.suspects], ["undecided", ids]);
  }
});
