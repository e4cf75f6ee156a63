import assert from "node:assert/strict";
import { join } from "node:path";
import { ComfydockError } from "../../../src/base/mod.ts";
import { hashTree, obtainNode } from "../../../src/nodes/mod.ts";
import { type RawEntry, rawTarGz, rawZip } from "../../support/archives.ts";
import { serve } from "../../support/http_server.ts";
import { pathsBelow, registryTarget, withNodeWorld } from "../../support/node_world.ts";
import { Seeded } from "../../support/registry/seeded.ts";

const ARCHIVES = 100;

const HOSTILE: readonly ((random: Seeded) => readonly RawEntry[])[] = [
  (random) => [{ name: `${"../".repeat(random.between(1, 6))}escaped.py`, data: "evil" }],
  () => [{ name: "/etc/escaped.py", data: "evil" }],
  () => [{ name: "C:\\escaped.py", data: "evil" }],
  () => [{ name: "a\\..\\..\\escaped.py", data: "evil" }],
  () => [{ name: "link", data: "/etc/passwd", mode: 0o120777, tarType: "2", linkName: "/etc" }],
  () => [{ name: "hard", data: "x", mode: 0o120777, tarType: "1", linkName: "../../x" }],
  () => [{ name: "device", mode: 0o020666, tarType: "3" }],
  () => [{ name: "pipe", mode: 0o010644, tarType: "6" }],
  () => [{ name: "Readme.md", data: "a" }, { name: "README.MD", data: "b" }],
  () => [{ name: "caf\u00e9.py", data: "a" }, { name: "cafe\u0301.py", data: "b" }],
  () => [{ name: "same.py", data: "a" }, { name: "same.py", data: "b" }],
  () => [{ name: "a", data: "file" }, { name: "a/b.py", data: "below a file" }],
  () => [{ name: "con.py", data: "x" }],
  () => [{ name: "a\u0007b.py", data: "x" }],
  () => [{ name: "trailing. ", data: "x" }],
  (random) => [{ name: `${"d/".repeat(random.between(65, 80))}x.py`, data: "x" }],
  (random) => [{ name: "lie.bin", data: "x".repeat(10_000), declaredSize: random.between(1, 99) }],
  () => [{ name: "bomb.bin", data: "x", declaredSize: 3 * 1024 ** 3 }],
  () => [{ name: "local.py", localName: "other.py", data: "x", tarType: "4" }],
  () => [{ name: "crc.py", data: "x", declaredCrc: 1, tarType: "4" }],
];

/** Harmless entries around one that is not, in an order of chance; every fifth archive has none that is not. */
function makeEntries(random: Seeded, at: number): { hostile: boolean; entries: RawEntry[] } {
  const entries: RawEntry[] = Array.from({ length: random.between(1, 6) }, (_, index) => ({
    name: `nodes/part_${index}.py`,
    data: `PART = ${index}\n`.repeat(random.between(1, 50)),
  }));
  const hostile = at % 5 !== 0;
  if (hostile) {
    const made = HOSTILE[Math.floor(random.next() * HOSTILE.length)]!(random);
    entries.splice(random.between(0, entries.length), 0, ...made);
  }
  return { hostile, entries };
}

/** What lies in the directory, but for what a store may hold. */
async function strayPaths(root: string): Promise<readonly string[]> {
  const allowed =
    /^(?:home\/|ws\/$|ws\/\.metadata\/|ws\/comfydock_cache\/(?:$|downloads\/$|custom_nodes\/(?:$|store\/$|store\/[0-9a-f]{64}\/)))/;
  return (await pathsBelow(root)).filter((path) => !allowed.test(path));
}

Deno.test("of 100 archives made by chance, hostile ones are refused and others unpacked right, and nothing leaves the store", () =>
  withNodeWorld(async (test) => {
    const seed = Deno.env.get("TEST_SEED") ?? String(Math.floor(Math.random() * 1e9));
    const random = new Seeded(seed);
    let bytes: Uint8Array<ArrayBuffer> = new Uint8Array();
    await using server = serve(() => new Response(bytes));
    for (let at = 0; at < ARCHIVES; at++) {
      const where = `TEST_SEED=${seed}, archive ${at}`;
      const { hostile, entries } = makeEntries(random, at);
      bytes = random.chance(0.5) ? rawZip(entries) : rawTarGz(entries);
      const target = registryTarget(`${server.url}/${at}`, { version: `1.0.${at}` });
      try {
        const node = await obtainNode(test.world(), target);
        assert.equal(await hashTree(node.tree), node.treeSha256, where);
        for (const { name, data } of entries) {
          assert.equal(await Deno.readTextFile(join(node.tree, name)), data, where);
        }
        assert.equal(hostile, false, `${where}: ${JSON.stringify(entries)} was accepted`);
      } catch (error) {
        assert.ok(error instanceof ComfydockError, `${where}: ${error}`);
        assert.match(error.code, /^ARCHIVE_/, `${where}: ${error.message}`);
        assert.ok(hostile, `${where}: ${error.message}`);
      }
      assert.deepEqual(await strayPaths(test.root), [], where);
    }
  }));
