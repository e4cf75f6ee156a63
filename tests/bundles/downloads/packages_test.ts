import assert from "node:assert/strict";
import { findBuilds, type PackageFacts } from "../../../src/bundles/downloads/mod.ts";
import { unweighed, weighPackages } from "../../../src/bundles/downloads/packages.ts";
import { readLockedPackages, readPlatform } from "../../../src/bundles/wheels/mod.ts";

const wheel = (name: string, size?: number) =>
  `{ url = "https://files.test/${name}"${size === undefined ? "" : `, size = ${size}`} }`;
const INDEX = 'source = { registry = "https://me:secret@wheels.test:8443/simple" }';
const LOCK = `version = 1
[[package]]
name = "demo"
version = "0"
source = { virtual = "." }
[[package]]
name = "small"
version = "1"
${INDEX}
wheels = [${wheel("small-1-py3-none-any.whl", 10)}]
[[package]]
name = "choice"
version = "1"
${INDEX}
sdist = ${wheel("choice-1.tar.gz", 9_000)}
wheels = [
  ${wheel("choice-1-cp312-cp312-manylinux_2_17_x86_64.whl", 300)},
  ${wheel("choice-1-cp312-cp312-manylinux_2_28_x86_64.whl", 400)},
  ${wheel("choice-1-cp312-cp312-win_amd64.whl", 5_000)},
]
[[package]]
name = "unsaid"
version = "1"
source = { registry = "https://torch.test/whl" }
wheels = [${wheel("unsaid-1-py3-none-any.whl")}]
[[package]]
name = "sources"
version = "1"
${INDEX}
sdist = ${wheel("sources-1.tar.gz", 70)}
[[package]]
name = "repository"
version = "1"
source = { git = "https://git.test/x#${"a".repeat(40)}" }
`;
const PACKAGES = readLockedPackages(LOCK, "uv.lock");
const MACHINE: PackageFacts = {
  platform: readPlatform("linux"),
  python: "3.12",
  along: new Set(),
  sizes: new Map(),
};
const named = (...names: string[]) => PACKAGES.filter(({ name }) => names.includes(name));

const cases: Readonly<Record<string, [string[], Partial<PackageFacts>, object]>> = {
  "one file of each package that is missing counts, the largest that may be taken": [
    ["small", "choice"],
    { missing: 2 },
    { fetched: 2, bytes: 410, atMost: true, unknown: 0, hosts: ["wheels.test:8443"] },
  ],
  "what cannot differ is no upper bound": [["small", "sources"], { missing: 2 }, {
    fetched: 2,
    bytes: 80,
    atMost: false,
  }],
  "without uv's word everything may be in the cache": [["small"], {}, {
    fetched: 1,
    bytes: 10,
    atMost: true,
  }],
  "of what the cache has, the largest may be missing": [["small", "choice", "sources"], {
    missing: 1,
  }, { needed: 3, fetched: 1, bytes: 400, atMost: true }],
  "nothing is fetched when the cache has all": [["small", "unsaid"], { missing: 0 }, {
    fetched: 0,
    bytes: 0,
    atMost: false,
    unknown: 0,
    hosts: [],
  }],
  "what comes along is not fetched": [["small", "sources"], {
    missing: 2,
    along: new Set(["small"]),
  }, { needed: 2, fetched: 1, bytes: 70 }],
  "what nobody says is unknown, not nothing": [["small", "unsaid", "repository"], { missing: 3 }, {
    bytes: 10,
    unknown: 2,
    hosts: ["git.test", "torch.test", "wheels.test:8443"],
  }],
  "a server's word counts": [["unsaid"], {
    missing: 1,
    sizes: new Map([["https://files.test/unsaid-1-py3-none-any.whl", 55]]),
  }, { bytes: 55, unknown: 0, atMost: false }],
};

for (const [promise, [names, facts, expected]] of Object.entries(cases)) {
  Deno.test(`packages are weighed: ${promise}`, () => {
    const weighed = weighPackages(named(...names), { ...MACHINE, ...facts });
    assert.deepEqual({ ...weighed, ...expected }, weighed);
    assert.doesNotMatch(JSON.stringify(weighed), /secret/);
  });
}

Deno.test("servers are asked only about what the lock does not say and no wheel along makes needless", () => {
  assert.deepEqual(unweighed(PACKAGES, MACHINE), ["https://files.test/unsaid-1-py3-none-any.whl"]);
  assert.deepEqual(unweighed(PACKAGES, { ...MACHINE, along: new Set(["unsaid"]) }), []);
});

Deno.test("what runs code is named with where it comes from, by what this machine can take", () => {
  const linux = findBuilds(PACKAGES, MACHINE).map(({ name, from, host }) => [name, from, host]);
  assert.deepEqual(linux, [
    ["repository", "git", "git.test"],
    ["sources", "sdist", "wheels.test:8443"],
  ]);
  const other = { ...MACHINE, platform: readPlatform("macos") };
  assert.deepEqual(findBuilds(PACKAGES, other).map(({ name }) => name), [
    "choice",
    "repository",
    "sources",
  ]);
  const along = { ...MACHINE, along: new Set(["repository"]) };
  assert.deepEqual(findBuilds(PACKAGES, along).map(({ name }) => name), ["sources"]);
});
