import { deepEqual, equal } from "node:assert/strict";
import {
  augmentMappings,
  emptyMappings,
  type ManagerData,
  mappingsText,
  parseManagerData,
} from "../../../src/mappings/mod.ts";
import { MappingsBuilder } from "../../support/mappings_builder.ts";

const now = "2026-08-21T00:00:00Z";

function managerData(map: object, statistics: object = {}, list: unknown[] = []): ManagerData {
  const encode = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
  return parseManagerData({
    list: encode({ custom_nodes: list }),
    map: encode(map),
    statistics: encode(statistics),
  });
}

Deno.test("augmentMappings() makes packages of what the registry does not have, ranked with the rest by one rule", () => {
  const mappings = new MappingsBuilder()
    .withPackage("small", { downloads: 0, github_stars: 10 })
    .withNode("Load", ["small"])
    .build();
  const data = managerData(
    {
      "https://github.com/Old/Stars-Many": [["Load"], { title_aux: "Old" }],
      "https://github.com/New/Stars-Some": [["Load", "Only"], { title_aux: "New" }],
    },
    {
      "https://github.com/old/stars-many": { stars: 15, last_update: "2020-01-01 00:00:00" },
      "https://github.com/new/stars-some": { stars: 12, last_update: "2026-08-01 00:00:00" },
    },
  );
  const augmented = augmentMappings(mappings, data, { now });
  // 12 × 2 × 1, then 10 × 2 × 0.7, then 15 × 2 × 0.5: recency counts for all.
  deepEqual(augmented.mappings["Load::_"], [
    { package_id: "manager_new_stars_some", versions: [], rank: 1, source: "manager" },
    { package_id: "manager_old_stars_many", versions: [], rank: 2, source: "manager" },
    { package_id: "small", versions: ["1.0.0"], rank: 3 },
  ]);
  deepEqual(augmented.packages.manager_new_stars_some, {
    display_name: "New",
    repository: "https://github.com/New/Stars-Some",
    github_stars: 12,
    source: "manager",
    last_update: "2026-08-01T00:00:00Z",
    versions: {},
  });
  deepEqual(augmented.stats, {
    packages: 3,
    signatures: 2,
    total_nodes: 4,
    registry_packages: 1,
    manager_packages: 2,
  });
});

Deno.test("augmentMappings() adds names to the registry package of the same repository", () => {
  const mappings = new MappingsBuilder()
    .withPackage("missing", {
      repository: "https://github.com/u/r",
      missing_since: now,
      downloads: 1e6,
    })
    .withPackage("fork", { repository: "https://github.com/u/r", downloads: 5 })
    .withPackage("pack", { repository: "http://github.com/U/R.git", downloads: 900 })
    .withNode("Known", ["pack"])
    .withNode("Signed", ["pack"], "80f90a7b")
    .build();
  const data = managerData(
    { "https://github.com/u/r": [["Known", "Signed", "New"], { preemptions: ["New"] }] },
    {},
    [{ reference: "https://github.com/u/r", files: [], nodename_pattern: "^R", title: "t" }],
  );
  const augmented = augmentMappings(mappings, data, { now });
  deepEqual(Object.keys(augmented.packages).sort(), ["fork", "missing", "pack"]);
  deepEqual(augmented.mappings["Known::_"], mappings.mappings["Known::_"]);
  deepEqual(augmented.mappings["New::_"], [
    { package_id: "pack", versions: [], rank: 1, source: "manager" },
  ]);
  deepEqual(augmented.mappings["Signed::_"], augmented.mappings["New::_"]);
  equal(augmented.packages.pack?.nodename_pattern, "^R");
  deepEqual(augmented.packages.pack?.preemptions, ["New"]);
  equal(augmented.packages.pack?.source, undefined);
});

Deno.test("augmentMappings() gives ComfyUI's own classes to no package that only claims its repository", () => {
  const repository = "https://github.com/comfyanonymous/ComfyUI";
  const data = managerData({ [repository]: [["KSampler"], {}] });
  const pretended = new MappingsBuilder().withPackage("pretender", { repository }).build();
  deepEqual(
    augmentMappings(pretended, data, { now }).mappings["KSampler::_"]?.[0]?.package_id,
    "manager_comfyanonymous_comfyui",
  );
  const real = new MappingsBuilder().withPackage("comfy-core", { repository }).build();
  deepEqual(
    augmentMappings(real, data, { now }).mappings["KSampler::_"]?.[0]?.package_id,
    "comfy-core",
  );
});

Deno.test("augmentMappings() tells apart repositories that fall on one id, and joins files of one", () => {
  const raw = "https://raw.githubusercontent.com/A/B/main/";
  const augmented = augmentMappings(
    new MappingsBuilder().withPackage("manager_x_y").build(),
    managerData({
      "https://github.com/a/b_c": [["One"], {}],
      "https://github.com/a/b-c": [["Two"], {}],
      "https://github.com/a_b/c": [["Three"], {}],
      "https://github.com/x/y": [["Four"], {}],
      [`${raw}one.py`]: [["Five"], {}],
      [`${raw}two.py`]: [["Six"], {}],
    }),
    { now },
  );
  const owner = (name: string) => augmented.mappings[`${name}::_`]?.[0]?.package_id;
  const ids = ["One", "Two", "Three", "Four"].map(owner);
  equal(new Set(ids).size, 4);
  for (const id of ids.slice(0, 3)) equal(/^manager_a_b_c(_[0-9a-f]{8})?$/.test(id!), true, id);
  equal(/^manager_x_y_[0-9a-f]{8}$/.test(ids[3]!), true);
  deepEqual([owner("Five"), owner("Six")], ["manager_a_b", "manager_a_b"]);
  deepEqual(augmented.packages.manager_a_b?.files, [`${raw}one.py`, `${raw}two.py`]);
});

Deno.test("augmentMappings() again gives the same bytes, and keeps what vanished, marked", () => {
  const registry = new MappingsBuilder().withPackage("p").withNode("N", ["p"]).build();
  const both = managerData({
    "https://github.com/u/stays": [["N", "A"], {}],
    "https://github.com/u/goes": [["N", "B"], {}],
  });
  const text = (mappings: Parameters<typeof mappingsText>[0]) =>
    [...mappingsText(mappings)].join("");
  const first = augmentMappings(registry, both, { now });
  equal(text(augmentMappings(first, both, { now })), text(first));
  const later = "2026-08-22T00:00:00Z";
  const one = managerData({ "https://github.com/u/stays": [["N"], {}] });
  const second = augmentMappings(first, one, { now: later });
  equal(second.packages.manager_u_goes?.missing_since, later);
  deepEqual(second.mappings["B::_"]?.[0]?.package_id, "manager_u_goes");
  // A class that its package no longer has is gone; one that was renamed must not resolve to it for ever.
  equal(second.mappings["A::_"], undefined);
  equal(second.packages.manager_u_stays?.missing_since, undefined);
  equal(
    augmentMappings(second, both, { now: later }).packages.manager_u_goes?.missing_since,
    undefined,
  );
});

Deno.test("augmentMappings() of nothing makes mappings of Manager's data alone", () => {
  const mappings = augmentMappings(emptyMappings(now), managerData({}), { now });
  deepEqual(mappings, emptyMappings(now));
});
