/** How long a search among node packs takes, with as many as the registry and Manager have together, and more. */
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { readAsset } from "../../src/base/mod.ts";
import {
  type MappedPackage,
  type MappingEntry,
  type NodeMappings,
  parseMappings,
  writeMappings,
} from "../../src/mappings/mod.ts";
import { openNodeIndex } from "../../src/nodes/mod.ts";
import { projectRoot } from "../../tasks/run_deno.ts";
import { measureProcess, report } from "./measurement.ts";

const PACKS = 10_000;
const VERSIONS = 8;
const CLASSES = 20;
const LOOKUPS = 20_000;
const how = `${PACKS.toLocaleString("en")} packs, whole process, median of 11`;

const starter = parseMappings(
  gunzipSync(await readAsset("data/node_mappings.json.gz")),
  "starter index",
);
const mappings = enlarge(starter);
const root = await Deno.makeTempDir({ prefix: "comfydock-bench-" });
const workspace = join(root, "workspace");
const source = join(root, "node_mappings.json");
Deno.env.set("COMFYDOCK_HOME", workspace);
Deno.env.set("COMFYDOCK_MAPPINGS_URL", source);
const comfydock = ["run", "-A", join(projectRoot, "main.ts")];
try {
  await writeMappings(source, mappings);
  await measureProcess(Deno.execPath(), [...comfydock, "init"], 0);
  const started = performance.now();
  await measureProcess(Deno.execPath(), [...comfydock, "node", "find", "first"], 0);
  const first = performance.now() - started;
  const name = `\`node find\`, the first time: the index is made`;
  report({ name, value: first / 1000, unit: "s", how: `${PACKS.toLocaleString("en")} packs` });
  for (const query of ["impact pack", "image", "FaceDetailer", "impct pak"]) {
    const args = [...comfydock, "node", "find", query];
    const value = await measureProcess(Deno.execPath(), args);
    report({ name: `\`node find "${query}"\``, value, unit: "ms", bound: 100, how });
  }
  const metadata = join(workspace, ".metadata");
  const paths = {
    nodeIndex: join(metadata, "node_index.db"),
    apiCache: join(metadata, "api_cache.db"),
  };
  using index = await openNodeIndex({ workspace: paths, source });
  const types = Object.keys(mappings.mappings).slice(0, LOOKUPS)
    .map((key) => key.slice(0, key.lastIndexOf("::")));
  const before = performance.now();
  for (const type of types) index.lookup(type);
  report({
    name: "look-ups of node classes in the index",
    value: (performance.now() - before) / types.length * 1000,
    unit: "µs",
    how: `each, of ${LOOKUPS.toLocaleString("en")} different ones`,
  });
} finally {
  await Deno.remove(root, { recursive: true });
}

/** The starter index with packages as the registry has them besides: several versions, classes with signatures. */
function enlarge(base: NodeMappings): NodeMappings {
  const packages: Record<string, MappedPackage> = { ...base.packages };
  const entries: Record<string, readonly MappingEntry[]> = { ...base.mappings };
  const models = Object.entries(base.packages);
  for (let number = 0; Object.keys(packages).length < PACKS; number++) {
    const [, model] = models[(number * 7) % models.length]!;
    const id = `registry-pack-${number}`;
    const versions = Array.from({ length: VERSIONS }, (_, at) => `1.${VERSIONS - at}.0`);
    packages[id] = {
      ...model,
      source: undefined,
      display_name: `${model.display_name} ${number}`,
      downloads: (number * 7919) % 100_000,
      versions: Object.fromEntries(
        versions.map((version) => [version, { dependencies: ["numpy", "pillow"] }]),
      ),
    };
    for (let at = 0; at < CLASSES; at++) {
      const key = `Pack${number}Image${at}::${
        (number * CLASSES + at).toString(16).padStart(8, "0")
      }`;
      entries[key] = [{ package_id: id, versions, rank: 1 }];
    }
  }
  return { ...base, packages, mappings: entries };
}
