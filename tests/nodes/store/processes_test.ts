import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { hashTree, obtainNode } from "../../../src/nodes/mod.ts";
import { serve } from "../../support/http_server.ts";
import {
  type NodeTestWorld,
  pathsBelow,
  registryTarget,
  withNodeWorld,
} from "../../support/node_world.ts";
import { nodeArchive } from "../../support/registry/mod.ts";

const archive = nodeArchive("sample-pack", "1.0.0", ["SampleNode"], []);

interface Run {
  readonly code: number;
  /** Lines of standard output. */
  readonly lines: readonly string[];
  readonly stderr: string;
}

async function obtainInChild(
  { env, workspace }: NodeTestWorld,
  url: string,
  { more = {}, onLine = () => {} }: {
    more?: Readonly<Record<string, string>>;
    onLine?: (line: string) => void;
  } = {},
): Promise<Run> {
  const file = fileURLToPath(new URL("./obtain_child.ts", import.meta.url));
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--no-check", "-A", file, workspace.root, url],
    env: { ...env, ...more },
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const stderr = new Response(child.stderr).text();
  const lines: string[] = [];
  for await (const text of child.stdout.pipeThrough(new TextDecoderStream())) {
    for (const line of text.split("\n").filter((each) => each !== "")) {
      lines.push(line);
      onLine(line);
    }
  }
  return { code: (await child.status).code, lines, stderr: await stderr };
}

Deno.test("of two processes that want the same pack at once, one fetches it and both have it", () =>
  withNodeWorld(async (test) => {
    const { promise: waited, resolve } = Promise.withResolvers<void>();
    await using server = serve(async () => {
      await waited;
      return new Response(archive);
    });
    const onLine = (line: string) => line === "waiting" ? resolve() : undefined;
    const runs = await Promise.all(
      [1, 2].map(() => obtainInChild(test, server.url, { onLine }).finally(resolve)),
    );
    const answers = runs.map(({ code, lines, stderr }) => {
      assert.equal(code, 0, stderr);
      return JSON.parse(lines.at(-1) ?? "");
    });
    assert.equal(answers[0].treeSha256, answers[1].treeSha256);
    assert.deepEqual(answers.map(({ fromStore }) => fromStore).sort(), [false, true]);
    assert.equal(server.requests.length, 1);
  }));

for (const point of ["node:unpacked", "node:staged", "node:stored"]) {
  Deno.test(`killed at ${point}, the store holds the whole pack or nothing, and the next run gets it`, () =>
    withNodeWorld(async (test) => {
      await using server = serve(() => new Response(archive));
      const { code, stderr } = await obtainInChild(test, server.url, {
        more: { COMFYDOCK_KILL_AT: point },
      });
      assert.equal(code, 137, stderr);
      const { nodeStore, downloads } = test.workspace;
      const entries = Array.from(Deno.readDirSync(nodeStore), ({ name }) => name)
        .filter((name) => !name.startsWith("."));
      assert.equal(entries.length, point === "node:stored" ? 1 : 0);
      const node = await obtainNode(test.world(), registryTarget(server.url));
      assert.equal(await hashTree(node.tree), node.treeSha256);
      assert.equal(node.fromStore, point === "node:stored");
      if (point === "node:stored") return;
      const names = Array.from(Deno.readDirSync(nodeStore), ({ name }) => name);
      assert.deepEqual(names, [node.treeSha256], "what was staged is gone");
      assert.deepEqual(await pathsBelow(downloads), []);
    }));
}
