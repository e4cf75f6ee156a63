import { join } from "node:path";
import { indexMappings, lookupNode, readMappings } from "../mappings/mod.ts";
import { applyUpdate, planUpdate, type UpdateResult } from "../pipeline/mod.ts";
import { defaultCrawlOptions } from "../registry/mod.ts";
import { startSampleRegistry } from "./sample_server.ts";
import type { DemoStep, DemoWorld } from "./types.ts";

/** A class of the sample that two packages have. */
const CONTESTED = "LoadVideo";

/** Runs the whole data pipeline against a sample registry on loopback. */
export async function registryStep(world: DemoWorld): Promise<DemoStep> {
  const dataDir = join(world.directory, "registry-data");
  await using registry = await startSampleRegistry();
  const plan = planUpdate({ workingCache: false, mappings: false, managerFiles: [] }, {
    mode: "incremental",
    dataDir,
    nodes: true,
    versions: true,
    metadata: true,
    network: true,
    allowShrink: false,
  });
  const http = await world.http([registry.url]);
  const result = await applyUpdate(plan, {
    ...world,
    http,
    managerHttp: http,
    registryUrl: registry.url,
    managerUrl: registry.managerUrl,
    crawl: { ...defaultCrawlOptions, now: new Date(world.clock.now()).toISOString() },
  });
  const index = indexMappings(await readMappings(plan.files.mappings), plan.files.mappings);
  const providers = lookupNode(index, CONTESTED).map((answer) => answer.package_id);
  return {
    title: "A registry becomes node_mappings.json",
    status: "done",
    lines: [...summary(result), `${CONTESTED} is provided by ${providers.join(", then ")}`],
    commands: [
      `comfydock registry lookup ${CONTESTED} --data-dir ${dataDir}`,
      `comfydock registry stats --data-dir ${dataDir}`,
      `comfydock registry report --data-dir ${dataDir} --html report.html`,
    ],
  };
}

function summary({ crawl, stats, validation, snapshot }: UpdateResult): string[] {
  return [
    `Read ${crawl?.packages} packages and ${crawl?.versions} versions from a sample registry, ` +
    `with ${crawl?.requests} requests`,
    `Built ${stats.signatures} node signatures of ${stats.packages} packages, Manager's data included`,
    `Validated: ${validation.errors} errors, ${validation.warnings} warnings`,
    `Kept a snapshot of ${snapshot?.date}`,
  ];
}
