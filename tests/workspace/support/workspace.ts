import { join } from "node:path";
import {
  applyInit,
  planInit,
  type WorkspaceLayout,
  workspaceLayout,
} from "../../../src/workspace/mod.ts";

/** Runs a test with a fresh workspace, which is removed afterwards. */
export async function withWorkspace(
  work: (layout: WorkspaceLayout, directory: string) => Promise<void>,
): Promise<void> {
  await withDirectory(async (directory) => {
    const root = join(directory, "workspace");
    await applyInit(await planInit({ path: root, now: "2026-01-02T03:04:05.000Z" }));
    await work(workspaceLayout(root), directory);
  });
}

/** Runs a test with a fresh directory, which is removed afterwards. */
export async function withDirectory(work: (directory: string) => Promise<void>): Promise<void> {
  const directory = await Deno.makeTempDir({ prefix: "comfydock-test-" });
  try {
    await work(await Deno.realPath(directory));
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}
