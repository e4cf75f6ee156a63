import {
  change,
  environmentLayout,
  environmentLock,
  workspaceLayout,
} from "../../../src/workspace/mod.ts";
import { writeTree } from "./tree.ts";

/** Writes one number into three places, again and again, each time in one change; the test kills it somewhere. */
const [root = ""] = Deno.args;
const layout = workspaceLayout(root);
const { manifest, lockFile, comfyui } = environmentLayout(layout, "demo");
for (let count = 1;; count++) {
  await change({
    layout,
    locks: [environmentLock("demo")],
    lockTimeoutMs: 10_000,
    scope: "demo",
    command: "sync",
    handlers: {},
  }, async (transaction) => {
    await transaction.writeFile(manifest, `${count}`);
    await transaction.writeFile(lockFile, `${count}`);
    const stage = await transaction.stagePath();
    await writeTree(stage, { "main.py": `${count}`, [`file-${count}`]: `${count}` });
    await transaction.replace(comfyui, stage);
  });
  if (count === 1) await Deno.stdout.write(new TextEncoder().encode("going\n"));
}
