import { deepEqual, equal, rejects, throws } from "node:assert/strict";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { isKind } from "../../../src/base/mod.ts";
import {
  type ManagerData,
  mappingErrors,
  parseManagerData,
  readManagerData,
} from "../../../src/mappings/mod.ts";

function encode(value: unknown): Uint8Array {
  return new TextEncoder().encode(typeof value === "string" ? value : JSON.stringify(value));
}

function parse(list: unknown[], map: object, statistics?: object): ManagerData {
  return parseManagerData({
    list: encode({ custom_nodes: list }),
    map: encode(map),
    statistics: statistics && encode(statistics),
  });
}

const url = "https://github.com/User/Repo";
const usual = {
  author: "Someone",
  title: "A Pack",
  reference: url,
  files: [url],
  install_type: "git-clone",
  description: "Nodes",
};

Deno.test("parseManagerData() joins list, map and statistics of a repository, however it is spelt", () => {
  const { extensions, report } = parse(
    [{ ...usual, tags: ["a"], category: "c", nodename_pattern: "^X", preemptions: ["P"] }],
    { "https://github.com/user/repo.git": [["B", "A"], { title_aux: "Other", author: "Other" }] },
    { "htps://github.com/user/Repo": { stars: 7, last_update: "2026-04-20 16:46:34" } },
  );
  deepEqual(extensions, [{
    canonical: "github.com/user/repo",
    repository: url,
    title: "A Pack",
    author: "Someone",
    description: "Nodes",
    classNames: ["A", "B"],
    preemptions: ["P"],
    nodenamePattern: "^X",
    tags: ["a"],
    category: "c",
    installType: "git-clone",
    files: [],
    stars: 7,
    lastUpdate: "2026-04-20T16:46:34Z",
  }]);
  deepEqual(report, {
    listed: 1,
    mapped: 1,
    statistics: 1,
    classNames: 2,
    newest: "2026-04-20T16:46:34Z",
    odd: { misspelt_scheme: 1 },
  });
});

Deno.test("parseManagerData() finds the entry of raw files through the files it names", () => {
  const raw = "https://raw.githubusercontent.com/U/R/main/";
  const { extensions } = parse(
    [{
      ...usual,
      reference: "https://example.org/page",
      files: [`${raw}a.py`, `${raw}b.py`],
      install_type: "copy",
    }],
    { [`${raw}a.py`]: [["A"], {}] },
    { "https://example.org/page": { stars: 3 } },
  );
  equal(extensions.length, 1);
  deepEqual(
    [extensions[0]?.canonical, extensions[0]?.title, extensions[0]?.stars, extensions[0]?.files],
    ["github.com/u/r", "A Pack", 3, [`${raw}a.py`, `${raw}b.py`]],
  );
});

Deno.test("parseManagerData() reads odd records as well as can be, and counts them by kind", () => {
  const { extensions, report } = parse(
    [
      usual,
      { ...usual, title: "Again" },
      { ...usual, reference: "https://github.com/u/no-files", files: undefined },
      { ...usual, reference: "https://github.com/u/case", files: [], install_type: "Git-Clone" },
      { ...usual, reference: "https://github.com/u/type", files: ["x"], install_type: "git" },
      null,
      "text",
      { title: "no address" },
    ],
    {
      [url]: [["A", "A", "custom_nodes", "b\nc", 7, ""], { nodename_pattern: "(a+)+" }],
      "ttps://github.com/u/typo": [[], {}],
      "https://github.com/u/bad": "text",
      "https://github.com/u/bad2": [null, {}],
      "": [["A"], {}],
    },
    { [url]: "text", "https://github.com/u/case": { stars: "many", last_update: "never" } },
  );
  deepEqual(report.odd, {
    bad_class_name: 3,
    class_name_again: 1,
    install_type_case: 1,
    install_type_unknown: 1,
    junk_class_name: 1,
    listed_again: 1,
    misspelt_scheme: 1,
    no_class_names: 1,
    not_listed: 1,
    not_mapped: 3,
    unreadable: 7,
    unsafe_pattern: 1,
    without_files: 2,
  });
  const byUrl = new Map(extensions.map((one) => [one.canonical, one]));
  deepEqual(byUrl.get("github.com/user/repo")?.classNames, ["A"]);
  equal(byUrl.get("github.com/user/repo")?.nodenamePattern, "(a+)+");
  equal(byUrl.get("github.com/u/case")?.installType, "git-clone");
  equal(byUrl.get("github.com/u/case")?.stars, undefined);
  equal(byUrl.size, 5);
});

Deno.test("parseManagerData() says which file has the wrong shape", () => {
  const good = encode({ custom_nodes: [] });
  const cases = [
    [{ list: encode("<html>"), map: encode({}) }, "custom-node-list.json"],
    [{ list: encode({}), map: encode({}) }, "custom-node-list.json"],
    [{ list: good, map: encode([]) }, "extension-node-map.json"],
    [{ list: good, map: encode({}), statistics: encode("[") }, "github-stats.json"],
  ] as const;
  for (const [bytes, name] of cases) {
    throws(() => parseManagerData(bytes), (error) => {
      equal(isKind(error, mappingErrors.MANAGER_DATA_INVALID), true);
      equal((error as Error).message.includes(name), true, (error as Error).message);
      return true;
    });
  }
});

Deno.test("readManagerData() reads plain and packed files, and names the one that is missing", async () => {
  const directory = await Deno.makeTempDir();
  await Deno.writeFile(join(directory, "custom-node-list.json"), encode({ custom_nodes: [usual] }));
  await rejects(readManagerData(directory), (error) => {
    equal(isKind(error, mappingErrors.MANAGER_DATA_INVALID), true);
    equal((error as Error).message.includes('"extension-node-map.json" is missing'), true);
    return true;
  });
  const map = gzipSync(encode({ [url]: [["A"], {}] }));
  await Deno.writeFile(join(directory, "extension-node-map.json.gz"), map);
  deepEqual((await readManagerData(directory)).extensions[0]?.classNames, ["A"]);
  await Deno.remove(directory, { recursive: true });
});
