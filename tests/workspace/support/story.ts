import assert from "node:assert/strict";
import { join } from "node:path";
import {
  change,
  type ChangeRequest,
  type Checkpoints,
  environmentLayout,
  environmentLock,
  type NoteHandlers,
  type WorkspaceLayout,
} from "../../../src/workspace/mod.ts";
import { writeTree } from "./tree.ts";

/** A change of every kind, with two states that can be told apart: before and after. */
export interface Story {
  readonly layout: WorkspaceLayout;
  /** A directory outside the workspace, best on another file system. */
  readonly outside: string;
  readonly checkpoints?: Checkpoints;
  /** Thrown when all changes have been made, instead of a commit. */
  readonly failure?: Error;
}

/** Makes the state before. */
export async function prepareStory({ layout, outside }: Story): Promise<void> {
  const { root, comfyui } = environmentLayout(layout, "demo");
  await writeTree(root, {
    ".cec/pyproject.toml": "old manifest",
    ".cec/removed.txt": "removed file of a user",
    "head.txt": "old head",
    ".venv/lib/numpy.py": "numpy",
    "ComfyUI/custom_nodes/pack/__init__.py": "old pack",
    "ComfyUI/custom_nodes/pack/notes/mine.txt": "a user's note",
    "ComfyUI/custom_nodes/enabled/node.py": "moved pack",
    "ComfyUI/output/picture.png": "a picture",
    "ComfyUI/old_cache/entry": "cache entry",
  });
  await Deno.symlink(outside, join(comfyui, "models"));
  await Deno.chmod(join(root, "head.txt"), 0o640);
  await writeTree(outside, { "replaced.bin": "old model", "gone/removed.bin": "removed model" });
}

/** What the story asks for; locks and all. */
export function storyRequest({ layout, checkpoints }: Story): ChangeRequest {
  return {
    layout,
    locks: [environmentLock("demo")],
    lockTimeoutMs: 10_000,
    scope: "demo",
    command: "node add",
    handlers: headHandlers(layout),
    checkpoints,
  };
}

/** A state outside the journal's files, kept in a file that the transaction does not know. */
export function headHandlers(layout: WorkspaceLayout): NoteHandlers {
  const path = join(environmentLayout(layout, "demo").root, "head.txt");
  return {
    head: {
      capture: async () => ({ head: await Deno.readTextFile(path) }),
      restore: async ({ head }) => await Deno.writeTextFile(path, String(head)),
    },
  };
}

/** Makes the state after, in one transaction. */
export async function runStory(story: Story): Promise<void> {
  const { root, cec, manifest, venv, customNodes, comfyui } = environmentLayout(
    story.layout,
    "demo",
  );
  await change(storyRequest(story), async (transaction) => {
    await transaction.writeFile(manifest, "new manifest");
    await transaction.writeFile(join(cec, "workflows", "deep", "new.json"), "new workflow");
    const pack = await transaction.stagePath();
    await writeTree(pack, { "__init__.py": "new pack", "lib/code.py": "code" });
    await transaction.replace(join(customNodes, "pack"), pack, { keep: "trash" });
    await transaction.remove(join(cec, "removed.txt"), { keep: "trash" });
    await transaction.remove(join(comfyui, "old_cache"));
    await transaction.move(join(customNodes, "enabled"), join(root, "disabled", "enabled"));
    await transaction.writeFile(join(customNodes, "enabled"), "a file where the pack was");
    await transaction.note("head", { head: "old head" });
    await Deno.writeTextFile(join(root, "head.txt"), "new head");
    await transaction.trash(join(comfyui, "output"));
    await transaction.writeFile(join(comfyui, "output", "README"), "new output");
    await transaction.writeFile(manifest, "newest manifest");
    await transaction.writeFile(join(story.outside, "replaced.bin"), "new model");
    await transaction.remove(join(story.outside, "gone"), { keep: "trash" });
    await transaction.move(join(root, "disabled"), join(story.outside, "disabled"));
    const environment = await transaction.stagePath();
    await writeTree(environment, { "lib/torch.py": "torch" });
    await transaction.replace(venv, environment);
    if (story.failure) throw story.failure;
  });
}

/** Leaves the workspace as a process does that dies when all changes have been made and none is committed. */
export async function crashStory(story: Story): Promise<void> {
  const failure = new Error("Died");
  const reach = (name: string) => {
    if (name === "journal:returning") throw failure;
  };
  await assert.rejects(runStory({ ...story, failure, checkpoints: { reach } }), failure);
}
