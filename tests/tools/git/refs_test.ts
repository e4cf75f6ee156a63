import assert from "node:assert/strict";
import fc from "fast-check";
import { parseLsRemote } from "../../../src/tools/git/refs.ts";
import { type GitRef, releaseTags, type RemoteRefs, resolveRef } from "../../../src/tools/mod.ts";

const id = (digit: string) => digit.repeat(40);
const tags = (...names: string[]): GitRef[] => names.map((name) => ({ name, commit: id("a") }));

Deno.test("parseLsRemote() reads branches, tags with the commits they stand for, and HEAD", () => {
  const output = [
    "From https://example.invalid/x.git",
    "ref: refs/heads/master\tHEAD",
    `${id("1")}\tHEAD`,
    `${id("1")}\trefs/heads/master`,
    `${id("2")}\trefs/heads/feature/x`,
    `${id("3")}\trefs/tags/v0.1.0`,
    `${id("4")}\trefs/tags/v0.1.0^{}`,
    `${id("5")}\trefs/tags/light`,
    `${id("6")}\trefs/pull/1/head`,
    "",
  ].join("\n");
  assert.deepEqual(parseLsRemote(output), {
    branches: [
      { name: "master", commit: id("1") },
      { name: "feature/x", commit: id("2") },
    ],
    tags: [{ name: "v0.1.0", commit: id("4") }, { name: "light", commit: id("5") }],
    defaultBranch: "master",
    head: id("1"),
  });
});

const refs: RemoteRefs = {
  branches: [
    { name: "master", commit: id("1") },
    { name: "deadbeef", commit: id("2") },
  ],
  tags: [
    { name: "v0.3.9", commit: id("3") },
    { name: "v0.3.10", commit: id("4") },
    { name: "v0.4.0-rc.1", commit: id("5") },
    { name: "nightly", commit: id("6") },
    { name: "1.0", commit: `7${id("0").slice(1)}` },
    { name: "old", commit: `7${id("0").slice(1, 39)}1` },
  ],
  defaultBranch: "master",
  head: id("1"),
};
const withoutReleases: RemoteRefs = { ...refs, tags: tags("nightly", "v2.0.0-beta") };

const wanted: readonly {
  wanted: string;
  from?: RemoteRefs;
  result: readonly [kind: string, name: string, commit: string] | undefined;
}[] = [
  { wanted: "latest", result: ["release", "1.0", `7${id("0").slice(1)}`] },
  { wanted: "latest", from: withoutReleases, result: ["branch", "master", id("1")] },
  {
    wanted: "latest",
    from: { ...withoutReleases, defaultBranch: undefined },
    result: ["branch", "master", id("1")],
  },
  { wanted: "latest", from: { branches: [], tags: [] }, result: undefined },
  { wanted: "v0.3.9", result: ["release", "v0.3.9", id("3")] },
  { wanted: "0.3.10", result: ["release", "v0.3.10", id("4")] },
  { wanted: "v1.0", result: ["release", "1.0", `7${id("0").slice(1)}`] },
  { wanted: "v0.4.0-rc.1", result: ["release", "v0.4.0-rc.1", id("5")] },
  { wanted: "master", result: ["branch", "master", id("1")] },
  { wanted: "deadbeef", result: ["branch", "deadbeef", id("2")] },
  { wanted: id("9"), result: ["commit", id("9"), id("9")] },
  { wanted: id("A"), result: ["commit", id("a"), id("a")] },
  { wanted: "3333333", result: ["commit", id("3"), id("3")] },
  { wanted: "7000000", result: undefined },
  { wanted: "abcdef1", result: undefined },
  { wanted: "33", result: undefined },
  { wanted: "v9.9.9", result: undefined },
  { wanted: "", result: undefined },
];
for (const { wanted: text, from = refs, result } of wanted) {
  Deno.test(`resolveRef() takes "${text}" for ${result?.slice(0, 2).join(" ") ?? "nothing"}`, () => {
    const [kind, name, commit] = result ?? [];
    assert.deepEqual(resolveRef(from, text), result && { kind, name, commit });
  });
}

Deno.test("releaseTags() sorts by version, not by letters, and knows pre-releases", () => {
  const inOrder = [
    "v1.10.0",
    "v1.9.1",
    "v1.9",
    "v1.9.0-rc.10",
    "v1.9.0-rc.9",
    "v1.9.0-rc",
    "v1.9.0-alpha.beta",
    "v1.9.0-alpha.1",
    "v1.9.0-alpha",
    "0.2.0",
    "v0.1.0.9",
  ];
  const sorted = (names: readonly string[]) =>
    releaseTags(tags(...names), { preReleases: true }).map(({ name }) => name);
  fc.assert(
    fc.property(fc.shuffledSubarray(inOrder, { minLength: inOrder.length }), (shuffled) => {
      assert.deepEqual(sorted(shuffled), inOrder);
    }),
  );
  assert.deepEqual(sorted(["latest", "v", "release-1", "2024", "v1"]), []);
});
