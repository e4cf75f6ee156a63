import { join } from "node:path";
import { ComfydockError } from "../../../src/base/mod.ts";
import {
  change,
  environmentLayout,
  environmentLock,
  workspaceLayout,
} from "../../../src/workspace/mod.ts";

/** Changes files until the disk refuses, then says which error that was. */
const [root = "", pieceBytes = "0"] = Deno.args;
const layout = workspaceLayout(root);
const { root: environment, manifest } = environmentLayout(layout, "demo");
try {
  await change({
    layout,
    locks: [environmentLock("demo")],
    lockTimeoutMs: 10_000,
    scope: "demo",
    command: "node add",
    handlers: {},
  }, async (transaction) => {
    await transaction.writeFile(manifest, "new");
    await transaction.remove(join(environment, "removed.txt"), { keep: "trash" });
    await transaction.trash(join(environment, "output"));
    for (let index = 0; index < 10_000; index++) {
      const piece = new Uint8Array(Number(pieceBytes) * (index + 1)).fill(65);
      await transaction.writeFile(join(environment, "new", `piece-${index}`), piece);
    }
  });
  Deno.stdout.writeSync(new TextEncoder().encode("done"));
} catch (error) {
  const code = error instanceof ComfydockError ? error.code : String(error);
  Deno.stdout.writeSync(new TextEncoder().encode(code));
}
