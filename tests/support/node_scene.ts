import assert from "node:assert/strict";
import { join } from "node:path";
import { readStatus } from "../../src/environment/mod.ts";
import { type EnvironmentFixture, withEnvironment } from "./environment_fixture.ts";
import {
  type PackDefinition,
  type PackRegistry,
  runWithPacks,
  startPackRegistry,
} from "./node_packs.ts";

/** An environment, a registry, and short words for what tests of node commands do. */
export interface NodeScene extends EnvironmentFixture {
  readonly registry: PackRegistry;
  /** Runs `comfydock node …` and returns its data; it must end well. */
  node(...argv: string[]): Promise<NodeData>;
  /** Runs `comfydock node …` and returns the code of its error. */
  refused(...argv: string[]): Promise<string | undefined>;
  /** A path below `custom_nodes`. */
  path(...inner: string[]): string;
  /** What `status` finds, such as `node_extra alpha`. */
  kinds(): Promise<readonly string[]>;
}

/** What commands on node packs tell, as far as tests look at it. */
export interface NodeData {
  readonly nodes: readonly { readonly id: string; readonly action: string; readonly why: string }[];
  readonly failures: readonly {
    readonly named: string;
    readonly code: string;
    readonly message: string;
    readonly hint: string | null;
  }[];
  readonly commit: string | null;
}

/** Runs a test with an environment and a registry that has these packs. */
export async function withNodeScene(
  packs: readonly PackDefinition[],
  work: (scene: NodeScene) => Promise<void>,
): Promise<void> {
  await using registry = startPackRegistry(...packs);
  await withEnvironment((fixture) => {
    const run = (argv: readonly string[]) => runWithPacks(fixture, registry, ["node", ...argv]);
    return work({
      ...fixture,
      registry,
      async node(...argv) {
        const { json, stderr } = await run(argv);
        assert.ok(json?.data, `${argv.join(" ")}: ${json?.error?.message}${stderr}`);
        return json.data as NodeData;
      },
      refused: async (...argv) => (await run(argv)).json?.error?.code,
      path: (...inner) => join(fixture.environment.customNodes, ...inner),
      kinds: async () =>
        (await readStatus(fixture.world())).differences.map(({ kind, subject }) =>
          `${kind} ${subject}`
        ),
    });
  });
}

/** What became of the packs, such as `alpha added`. */
export function actionsOf({ nodes }: NodeData): readonly string[] {
  return nodes.map(({ id, action }) => `${id} ${action}`);
}
