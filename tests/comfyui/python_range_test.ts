import assert from "node:assert/strict";
import { choosePython, isSupportedPython } from "../../src/comfyui/mod.ts";
import type { InstalledPython } from "../../src/tools/mod.ts";

const installed = (...versions: string[]): InstalledPython[] =>
  versions.map((text) => {
    const [version = "", implementation = "cpython", variant] = text.split(" ");
    return { version, implementation, path: `/python/${text}`, ...(variant && { variant }) };
  });

const choices: readonly {
  name: string;
  available: readonly InstalledPython[];
  requires?: string;
  version: string;
  path?: string;
}[] = [
  { name: "nothing installed", available: [], version: "3.12" },
  {
    name: "several",
    available: installed("3.9.18", "3.13.1", "3.11.7", "3.12.4"),
    version: "3.13",
    path: "/python/3.13.1",
  },
  {
    name: "numbers that sort wrongly as text",
    available: installed("3.9.18", "3.10.2", "3.10.12"),
    version: "3.10",
    path: "/python/3.10.12",
  },
  {
    name: "one newer than what counts as supported",
    available: installed("3.14.0", "3.12.4"),
    version: "3.12",
    path: "/python/3.12.4",
  },
  {
    name: "pre-releases, other implementations and unusual builds",
    available: installed("3.13.0rc2", "3.11.9 pypy", "3.13.1 cpython freethreaded", "3.10.1"),
    version: "3.10",
    path: "/python/3.10.1",
  },
  {
    name: "none that fits",
    available: installed("3.8.10", "3.14.2"),
    version: "3.12",
  },
  {
    name: "a condition with exclusions",
    available: installed("3.13.1", "3.12.4", "3.11.7"),
    requires: ">=3.9,<3.13,!=3.12.*",
    version: "3.11",
    path: "/python/3.11.7",
  },
  {
    name: "a condition that the fallback does not meet",
    available: installed("3.13.1"),
    requires: ">=3.9, <3.12",
    version: "3.11",
  },
  {
    name: "two of one version, the preferred one first",
    available: [
      { version: "3.12.4", implementation: "cpython", path: "/first" },
      { version: "3.12.4", implementation: "cpython", path: "/second" },
    ],
    version: "3.12",
    path: "/first",
  },
];

for (const { name, available, requires = ">=3.9", version, path } of choices) {
  Deno.test(`choosePython() takes ${version} from ${name}`, () => {
    const chosen = choosePython(available, { requires, newest: "3.13", fallback: "3.12" });
    assert.equal(chosen.version, version);
    assert.equal(chosen.installed?.path, path);
  });
}

const conditions: readonly [requires: string, yes: readonly string[], no: readonly string[]][] = [
  ["", ["3.8", "3.13.9"], ["3.14", "3.13.0rc1", "three"]],
  [">=3.9", ["3.9", "3.9.0", "3.10"], ["3.8.18"]],
  [">3.9", ["3.10"], ["3.9"]],
  ["<3.12", ["3.11.9"], ["3.12", "3.12.1"]],
  ["<=3.11", ["3.11"], ["3.12"]],
  ["~=3.10", ["3.10", "3.13"], ["3.9"]],
  ["~=3.10.2", ["3.10.2", "3.10.9"], ["3.10.1", "3.11"]],
  ["==3.12.*", ["3.12", "3.12.7"], ["3.11", "3.13"]],
  ["!=3.12.*", ["3.11"], ["3.12.7"]],
  ["==3.12", ["3.12", "3.12.0"], ["3.12.1"]],
  ["!=3.12.1", ["3.12.2"], ["3.12.1"]],
  ["===3.12.1", ["3.12.1"], ["3.12.2"]],
  [">= 3.9 , < 3.13 ,", ["3.12"], ["3.13"]],
  ["nonsense", [], ["3.12"]],
];

for (const [requires, yes, no] of conditions) {
  Deno.test(`isSupportedPython() understands "${requires}"`, () => {
    const supported = { requires, newest: "3.13", fallback: "3.12" };
    for (const version of yes) assert.ok(isSupportedPython(version, supported), version);
    for (const version of no) assert.ok(!isSupportedPython(version, supported), version);
  });
}
