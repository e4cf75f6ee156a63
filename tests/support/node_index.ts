import { join } from "node:path";
import type { WorkEvent } from "../../src/base/mod.ts";
import { type NodeMappings, writeMappings } from "../../src/mappings/mod.ts";
import { type NodeIndexOptions, openNodeIndex } from "../../src/nodes/mod.ts";
import type { WorkspaceNodeIndex } from "../../src/nodes/mod.ts";

/** A directory with room for a node index, and mappings to make it from. */
export interface IndexScene {
  readonly directory: string;
  readonly workspace: { readonly nodeIndex: string; readonly apiCache: string };
  /** The directory that `publish` writes to. */
  readonly published: string;
  readonly events: readonly WorkEvent[];
  /** Writes `node_mappings.json` where `published` says. */
  publish(mappings: NodeMappings): Promise<void>;
  /** Opens the index over what was published. */
  open(options?: NodeIndexOptions): Promise<WorkspaceNodeIndex>;
}

/** Runs a test with a place for a node index. */
export async function withIndexScene(work: (scene: IndexScene) => Promise<void>): Promise<void> {
  const directory = await Deno.makeTempDir();
  const published = join(directory, "published");
  const events: WorkEvent[] = [];
  const workspace = {
    nodeIndex: join(directory, ".metadata", "node_index.db"),
    apiCache: join(directory, ".metadata", "api_cache.db"),
  };
  try {
    await work({
      directory,
      workspace,
      published,
      events,
      publish: async (mappings) =>
        void await writeMappings(join(published, "node_mappings.json"), mappings),
      open: (options) =>
        openNodeIndex({
          workspace,
          source: published,
          report: { emit: (event) => events.push(event) },
          ...options,
        }),
    });
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}

/** Runs a test with the index over these mappings. */
export async function withIndexOf(
  mappings: NodeMappings,
  work: (index: WorkspaceNodeIndex) => Promise<void> | void,
): Promise<void> {
  await withIndexScene(async ({ publish, open }) => {
    await publish(mappings);
    using index = await open();
    await work(index);
  });
}
