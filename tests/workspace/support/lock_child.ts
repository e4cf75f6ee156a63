import { environmentLock, withLock, workspaceLayout } from "../../../src/workspace/mod.ts";

const [root = ""] = Deno.args;
const options = { command: "node add", timeoutMs: 10_000 };
await withLock(workspaceLayout(root), environmentLock("demo"), options, async () => {
  await Deno.stdout.write(new TextEncoder().encode("locked\n"));
  await new Promise(() => setInterval(() => {}, 1000));
});
