import fc from "fast-check";
import type { CachedPackage, CachedVersion, RegistryNodeClass } from "../../src/registry/mod.ts";

/** A package of the cache; by default without versions. */
export function aPackage(id: string, fields: Partial<CachedPackage> = {}): CachedPackage {
  return {
    id,
    name: id,
    downloads: 0,
    github_stars: 0,
    fully_cached: true,
    versions_list: [],
    ...fields,
  };
}

/** A version of the cache with classes of these names, each with the inputs given. */
export function aVersion(
  version: string,
  classes: Readonly<Record<string, RegistryNodeClass["input_types"]>> = {},
  fields: Partial<CachedVersion> = {},
): CachedVersion {
  return {
    version,
    dependencies: [],
    deprecated: false,
    metadata_cached: true,
    comfy_nodes: Object.entries(classes).map(([comfy_node_name, input_types]) => ({
      comfy_node_name,
      input_types,
    })),
    ...fields,
  };
}

const className = fc.constantFrom(
  "KSampler",
  "Load::Image",
  "画像 😀",
  "A|b",
  "__proto__",
  "\uffff",
);
const inputs = fc.constantFrom<RegistryNodeClass["input_types"]>(
  undefined,
  "",
  "{",
  '{"required":{"a":["INT"]}}',
  '{"required":{"画像":["IMAGE",{"default":"\\"]}"}]},"optional":{"b":[["x"]]}}',
  { required: { a: ["INT"] } },
);
const version = fc.record({
  version: fc.constantFrom("1.0.0", "1.10.0", "1.9.0", "2", "v3-beta", "constructor"),
  changelog: fc.option(fc.string({ unit: "binary", maxLength: 8 }), { nil: undefined }),
  created_at: fc.constantFrom(
    undefined,
    "2026-07-01T06:17:24Z",
    "2025-02-09T12:51:54.479852Z",
    "x",
  ),
  deprecated: fc.boolean(),
  dependencies: fc.array(fc.constantFrom("numpy", "pillow>=10"), { maxLength: 2 }),
  metadata_cached: fc.boolean(),
  comfy_nodes: fc.array(
    fc.record({ comfy_node_name: className, input_types: inputs, category: fc.string() }),
    { maxLength: 4 },
  ),
});

/** Caches of a few packages with odd names, versions and inputs; ids are unique. */
export const anyCache: fc.Arbitrary<CachedPackage[]> = fc.uniqueArray(
  fc.record({
    id: fc.constantFrom("pack", "Pack", "toString", "__proto__", "7", "comfyui-é", "a.b_c-d"),
    name: fc.string({ maxLength: 5 }),
    downloads: fc.nat(100_000),
    github_stars: fc.nat(5_000),
    repository: fc.constantFrom(undefined, "https://github.com/u/r"),
    versions_list: fc.uniqueArray(version, { maxLength: 4, selector: (one) => one.version }),
    fully_cached: fc.constant(true),
  }),
  { maxLength: 5, selector: ({ id }) => id },
);
