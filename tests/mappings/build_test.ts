import { deepEqual, equal } from "node:assert/strict";
import fc from "fast-check";
import {
  buildMappings,
  mappingsText,
  type NodeMappings,
  parseMappings,
  parseOutputSchema,
  ProblemList,
} from "../../src/mappings/mod.ts";
import { anyCache, aPackage, aVersion } from "../support/cache_packages.ts";

const now = "2026-08-21T00:00:00Z";

function textOf(mappings: NodeMappings): string {
  return [...mappingsText(mappings)].join("");
}

Deno.test("buildMappings() maps each class and signature to packages and versions, newest first", async () => {
  const inputs = { required: { a: ["INT"] } };
  const mappings = await buildMappings([
    aPackage("small", { versions_list: [aVersion("1.0.0", { Load: inputs })] }),
    aPackage("large", {
      downloads: 1_000,
      repository: "https://github.com/u/large",
      versions_list: [
        aVersion("1.9.0", { Load: inputs, Save: undefined }),
        aVersion("1.10.0", { Load: JSON.stringify(inputs) }, { deprecated: true }),
        aVersion("1.2.0", {}, { metadata_cached: false, comfy_nodes: undefined }),
      ],
    }),
  ], { now });
  deepEqual(mappings.mappings, {
    "Load::80f90a7b": [
      { package_id: "large", versions: ["1.10.0", "1.9.0"], rank: 1 },
      { package_id: "small", versions: ["1.0.0"], rank: 2 },
    ],
    "Save::_": [{ package_id: "large", versions: ["1.9.0"], rank: 1 }],
  });
  deepEqual(mappings.packages.large, {
    display_name: "large",
    repository: "https://github.com/u/large",
    downloads: 1_000,
    github_stars: 0,
    versions: { "1.10.0": { deprecated: true }, "1.9.0": {}, "1.2.0": {} },
  });
  deepEqual(mappings.stats, {
    packages: 2,
    signatures: 2,
    total_nodes: 3,
    registry_packages: 2,
    manager_packages: 0,
  });
  equal(mappings.version, "2026.08.21");
});

Deno.test("buildMappings() counts the newest versions only, and lists all of them", async () => {
  const versions = ["1.0.0", "3.0.0", "2.0.0"].map((version) => aVersion(version, { Load: "" }));
  const mappings = await buildMappings([aPackage("pack", { versions_list: versions })], {
    now,
    maxVersions: 2,
  });
  deepEqual(mappings.mappings["Load::_"]?.[0]?.versions, ["3.0.0", "2.0.0"]);
  deepEqual(Object.keys(mappings.packages.pack!.versions), ["3.0.0", "2.0.0", "1.0.0"]);
});

Deno.test("buildMappings() keeps what was withdrawn, marked, and leaves out what cannot be used, told", async () => {
  const problems = new ProblemList();
  const long = "x".repeat(201);
  const mappings = await buildMappings([
    aPackage("pack", {
      missing_since: "2026-08-01T00:00:00Z",
      status: "NodeStatusBanned",
      versions_list: [
        aVersion("1.0.0", { "A::B": "", "bad\u0007": "", [long]: "", "": "", ok: "" }, {
          status: "NodeVersionStatusFlagged",
          missing_since: "2026-08-02T00:00:00Z",
          inferred: true,
        }),
      ],
    }),
    aPackage("pack", { name: "again" }),
  ], { now, problems });
  deepEqual(Object.keys(mappings.mappings).sort(), ["A::B::_", "ok::_"]);
  deepEqual(mappings.packages.pack, {
    display_name: "pack",
    downloads: 0,
    github_stars: 0,
    status: "NodeStatusBanned",
    missing_since: "2026-08-01T00:00:00Z",
    versions: {
      "1.0.0": {
        status: "NodeVersionStatusFlagged",
        missing_since: "2026-08-02T00:00:00Z",
        inferred: true,
      },
    },
  });
  equal(problems.count, 4);
  deepEqual(new Set(problems.kept.map(({ path }) => path)), new Set(["pack"]));
});

Deno.test("buildMappings() publishes the fields of the schema and ranks by all of them", async () => {
  const schema = parseOutputSchema(
    "[packages]\ndownloads = false\n[versions]\nstatus = false",
    "s",
  );
  const classes = { Load: "" };
  const mappings = await buildMappings([
    aPackage("a", { versions_list: [aVersion("1.0.0", classes, { status: "x" })] }),
    aPackage("b", { downloads: 900, versions_list: [aVersion("1.0.0", classes)] }),
  ], { now, schema });
  deepEqual(mappings.mappings["Load::_"]?.map(({ package_id }) => package_id), ["b", "a"]);
  deepEqual(mappings.packages.a, { display_name: "a", github_stars: 0, versions: { "1.0.0": {} } });
});

Deno.test("buildMappings() gives the same bytes whatever the order of the cache", async () => {
  await fc.assert(fc.asyncProperty(anyCache, async (cache) => {
    const forward = await buildMappings(cache, { now });
    const backward = cache.toReversed().map((pack) => ({
      ...pack,
      versions_list: pack.versions_list.toReversed(),
    }));
    equal(textOf(await buildMappings(backward, { now })), textOf(forward));
  }));
});

Deno.test("buildMappings() from an earlier result equals a full build, byte for byte", async () => {
  const picks = fc.array(fc.boolean(), { minLength: 20, maxLength: 20 });
  const limit = fc.constantFrom(-1, 1, 2);
  await fc.assert(fc.asyncProperty(anyCache, picks, limit, async (cache, changed, maxVersions) => {
    // Yesterday some versions were not there yet; today those that were are given without their classes.
    const isNew = (pack: number, version: number) => changed[(pack * 4 + version) % 20]!;
    const yesterday = cache.map((pack, at) => ({
      ...pack,
      downloads: 1,
      versions_list: pack.versions_list.filter((_, index) => !isNew(at, index)),
    }));
    const today = cache.map((pack, at) => ({
      ...pack,
      versions_list: pack.versions_list.map((version, index) =>
        isNew(at, index) || !version.metadata_cached
          ? version
          : { ...version, comfy_nodes: undefined }
      ),
    }));
    // Versions beyond the limit have no keys in a limited result, so that only a full one can serve a growing window.
    const earlier = await buildMappings(yesterday, { now });
    const previous = parseMappings(new TextEncoder().encode(textOf(earlier)), "previous");
    const incremental = await buildMappings(today, { now, previous, maxVersions });
    equal(textOf(incremental), textOf(await buildMappings(cache, { now, maxVersions })));
  }));
});

Deno.test("buildMappings() keeps the packages that only the earlier result has", async () => {
  const gone = aPackage("gone", {
    downloads: 5_000,
    versions_list: [aVersion("1.0.0", { Load: "" }), aVersion("1.10.0", { Load: "" })],
  });
  const previous = await buildMappings([gone], { now });
  const mappings = await buildMappings([
    aPackage("here", { versions_list: [aVersion("1.0.0", { Load: "" })] }),
  ], { now, previous });
  deepEqual(mappings.mappings["Load::_"], [
    { package_id: "gone", versions: ["1.10.0", "1.0.0"], rank: 1 },
    { package_id: "here", versions: ["1.0.0"], rank: 2 },
  ]);
  deepEqual(mappings.packages.gone, previous.packages.gone);
});
