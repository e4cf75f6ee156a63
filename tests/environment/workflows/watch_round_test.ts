import { deepEqual, equal } from "node:assert/strict";
import { sep } from "node:path";
import { dueAt, growBurst } from "../../../src/environment/workflows/watch/burst.ts";
import { isChange } from "../../../src/environment/workflows/watch/file_events.ts";
import {
  firstMemory,
  planRound,
  type WatchMemory,
} from "../../../src/environment/workflows/watch/round.ts";
import { judgeWorkflow, type WorkflowFacts } from "../../../src/workflows/mod.ts";

const EMPTY: WatchMemory = { synced: new Map(), told: new Set() };

function stateOf(facts: Partial<WorkflowFacts>) {
  return judgeWorkflow({
    name: "a",
    file: "workflows/a.json",
    tracked: true,
    ignored: false,
    ...facts,
  });
}

Deno.test("each kind of difference leads to a sync, to a word, or to nothing", () => {
  const cases: readonly [string, Partial<WorkflowFacts>, readonly string[], readonly string[]][] = [
    ["in step", { base: "1", kept: "1", copy: "1" }, [], []],
    ["saved in ComfyUI", { base: "1", kept: "1", copy: "2" }, ["2"], []],
    ["edited in .cec", { base: "1", kept: "2", copy: "1" }, ["2"], []],
    ["both alike, not noted", { base: "1", kept: "2", copy: "2" }, ["2"], []],
    ["lost from .cec", { base: "1", copy: "1" }, ["1"], []],
    ["changed on both sides", { base: "1", kept: "2", copy: "3" }, [], ["conflict"]],
    ["deleted in ComfyUI", { base: "1", kept: "1" }, [], ["deleted"]],
    ["gone from both", { base: "1" }, [], []],
    ["of nobody", { tracked: false, copy: "1" }, [], ["new"]],
    ["ignored", { tracked: false, ignored: true, copy: "1" }, [], []],
  ];
  for (const [name, facts, sync, told] of cases) {
    const round = planRound([stateOf(facts)], EMPTY);
    deepEqual([...round.sync.values()], sync, name);
    deepEqual(round.tell.map(({ event }) => event), told, name);
    deepEqual(planRound([stateOf(facts)], round.memory).tell, [], `${name}: told once`);
  }
});

Deno.test("what was told is told again when it came anew; what was there at the start is not told", () => {
  const fresh = stateOf({ tracked: false, copy: "1" });
  deepEqual(planRound([fresh], firstMemory([fresh])).tell, []);
  const gone = planRound([], firstMemory([fresh]));
  deepEqual(planRound([fresh], gone.memory).tell.map(({ event }) => event), ["new"]);
});

Deno.test("content that was taken back is left until another comes, also the same after another", () => {
  const taken = { base: "1", kept: "1", copy: "2" };
  const before = { ...EMPTY, synced: new Map([["workflows/a.json", "2"]]) };
  const undone = planRound([stateOf(taken)], before);
  deepEqual([[...undone.sync], undone.tell.map(({ event }) => event)], [[], ["taken_back"]]);
  equal(planRound([stateOf({ ...taken, copy: "3" })], undone.memory).sync.size, 1);
  const settled = planRound([stateOf({ base: "1", kept: "1", copy: "1" })], undone.memory);
  equal(planRound([stateOf(taken)], settled.memory).sync.size, 1);
});

Deno.test("a burst is over once it is quiet, or has gone on for long", () => {
  const rule = { quietMs: 10, longestMs: 25 };
  const burst = [100, 105, 112].reduce(growBurst, growBurst(undefined, 100));
  deepEqual([burst, dueAt(burst, rule)], [{ first: 100, last: 112 }, 122]);
  equal(dueAt(growBurst(burst, 121), rule), 125);
});

/** A path as this system writes it. */
function own(path: string): string {
  return path.replaceAll("/", sep);
}

Deno.test("only events that may have changed a workflow count", () => {
  const roots = [
    { path: own("/u"), mark: "", matters: /^[^/]+(\/workflows(\/.*)?)?$/ },
    { path: own("/c"), mark: "", matters: /^(workflows(\/.*)?|pyproject\.toml)$/ },
  ];
  const cases: readonly [Deno.FsEvent["kind"], readonly string[], boolean][] = [
    ["modify", ["/u/default/workflows/a.json"], true],
    ["create", ["/u/alice"], true],
    ["modify", ["/u/default/comfy.settings.json"], false],
    ["access", ["/u/default/workflows/a.json"], false],
    ["modify", ["/c/.git/index"], false],
    ["modify", ["/c/pyproject.toml"], true],
    ["rename", ["/c/.git/x", "/c/workflows/a.json"], true],
    ["any", [], true],
    ["modify", ["/elsewhere"], true],
  ];
  for (const [kind, paths, expected] of cases) {
    equal(isChange({ kind, paths: paths.map(own) }, roots), expected, `${kind} ${paths}`);
  }
});
