import { join } from "node:path";
import type { WorkEvent } from "../../src/base/mod.ts";
import { type Corpus, loadSampleCorpus } from "../../src/demo/sample_registry/mod.ts";
import { openAnswerCache } from "../../src/http/answers/mod.ts";
import { createHttpClient } from "../../src/http/mod.ts";
import {
  createPackageReader,
  type PackageReader,
  type WorkspaceNodeIndex,
} from "../../src/nodes/mod.ts";
import { patientClock } from "./http_server.ts";
import { MappingsBuilder } from "./mappings_builder.ts";
import { type IndexScene, withIndexScene } from "./node_index.ts";
import { startRegistry, type TestRegistry } from "./registry/mod.ts";

/** A registry with the sample's packages, and an index that knows some of them and others. */
export interface PackageScene extends Omit<IndexScene, "open" | "publish"> {
  readonly registry: TestRegistry;
  readonly corpus: Corpus;
  readonly index: WorkspaceNodeIndex;
  readonly clock: ReturnType<typeof patientClock>;
  /** Works as a command would: with a new reader over the kept answers. */
  reading<Result>(
    work: (reader: PackageReader) => Promise<Result>,
    offline?: boolean,
  ): Promise<Result>;
}

/** What the index of these scenes knows. */
export const sceneMappings = new MappingsBuilder()
  .withPackage("harbor-loaders", { display_name: "Harbor", license: '{"text": "MIT"}' })
  .withPackage("only-indexed", { license: '{"file": "LICENSE"}' })
  .withPackage("manager_someone_nodes", {
    repository: "https://example.com/sample/lantern-image-tools.git",
    source: "manager",
    versions: {},
  })
  .withNode("Lantern Blur", ["manager_someone_nodes", "only-indexed"])
  .withNode("Harbor Load", ["harbor-loaders"])
  .build();

/** Runs a test with a registry and an index. */
export async function withPackageScene(
  work: (scene: PackageScene) => Promise<void>,
): Promise<void> {
  await withIndexScene(async (scene) => {
    await scene.publish(sceneMappings);
    const corpus = await loadSampleCorpus();
    await using registry = startRegistry({ corpus, localArchives: true });
    using index = await scene.open();
    const clock = patientClock();
    const report = { emit: (event: WorkEvent) => void (scene.events as WorkEvent[]).push(event) };
    await work({
      ...scene,
      registry,
      corpus,
      index,
      clock,
      async reading(use, offline = false) {
        const path = join(scene.directory, "api_cache.db");
        using answers = openAnswerCache(path, { clock, report });
        return await use(createPackageReader({
          index,
          registryUrl: registry.url,
          answers,
          http: () => Promise.resolve(createHttpClient({ clock, offline, retries: 0 })),
          report,
        }));
      },
    });
  });
}
