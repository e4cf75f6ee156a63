import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { mappingsText } from "../../../src/mappings/mod.ts";
import { withTempDir } from "../../support/alone.ts";
import { quickClock } from "../../support/registry_runs.ts";
import { MappingsBuilder } from "../../support/mappings_builder.ts";
import { runInProcess } from "../../support/run_in_process.ts";
import { assertPublishedShape } from "../../support/schemas.ts";

function mappings(id: string): Uint8Array<ArrayBuffer> {
  const built = new MappingsBuilder().withPackage(id).withNode(`Node of ${id}`, [id]).build();
  return new TextEncoder().encode([...mappingsText(built)].join(""));
}

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

interface Published {
  readonly url: string;
  /** Path → what is sent; a path that is not there gives 404. */
  readonly files: Map<string, Uint8Array<ArrayBuffer> | string>;
  /** Paths with the status of each answer. */
  readonly asked: string[];
}

async function withPublished(work: (published: Published, dir: string) => Promise<void>) {
  const files: Published["files"] = new Map();
  const asked: string[] = [];
  await using server = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen: () => {} },
    (request) => {
      const { pathname } = new URL(request.url);
      const found = files.get(pathname);
      const etag = found === undefined
        ? ""
        : `"${sha256(new TextEncoder().encode(String(found)))}"`;
      const status = found === undefined
        ? 404
        : request.headers.get("if-none-match") === etag
        ? 304
        : 200;
      asked.push(`${pathname} ${status}`);
      return new Response(status === 200 ? found : null, { status, headers: { etag } });
    },
  );
  await withTempDir(async (dir) => {
    assert.equal((await runInProcess(["init", join(dir, "ws")])).code, 0);
    await work({ url: `http://127.0.0.1:${server.addr.port}`, files, asked }, dir);
  });
}

function dock(dir: string, ...argv: string[]) {
  return runInProcess([...argv, "--workspace", join(dir, "ws")], { clock: quickClock() });
}

async function provider(dir: string, id: string): Promise<number> {
  return (await dock(dir, "registry", "lookup", `Node of ${id}`)).code;
}

Deno.test("pulled mappings answer the workspace's questions, and what has not changed is not sent again", async () => {
  await withPublished(async ({ url, files, asked }, dir) => {
    const bytes = mappings("one");
    files.set("/m.json", bytes);
    files.set("/m.json.sha256", `${sha256(bytes)}  m.json\n`);
    assert.equal(await provider(dir, "one"), 4);
    const pull = () => dock(dir, "registry", "pull", "--from", `${url}/m.json`, "--json");
    const first = await pull();
    assert.equal(first.code, 0, first.stderr);
    await assertPublishedShape(first.json);
    assert.equal(await provider(dir, "one"), 0);
    assert.match((await dock(dir, "node", "find", "one")).stdout, /one/);
    const again = await pull();
    await assertPublishedShape(again.json);
    assert.match(again.stdout, /"verified":\s*"published"/);
    assert.deepEqual(asked, ["/m.json 200", "/m.json.sha256 200", "/m.json 304"]);
    const next = mappings("two");
    files.set("/m.json", next);
    files.set("/m.json.sha256", sha256(next));
    assert.equal((await pull()).code, 0);
    assert.deepEqual([await provider(dir, "one"), await provider(dir, "two")], [4, 0]);
  });
});

Deno.test("of several places the first with whole, unaltered mappings counts", async () => {
  await withPublished(async ({ url, files }, dir) => {
    const good = new Uint8Array(gzipSync(mappings("one")));
    files.set("/altered.json", mappings("evil"));
    files.set("/altered.json.sha256", "0".repeat(64));
    files.set("/page.json", "<html>Not found</html>");
    files.set("/good.json.gz", good);
    const from = ["/none.json", "/altered.json", "/page.json", "/good.json.gz"]
      .flatMap((path) => ["--from", url + path]);
    const output = join(dir, "out.json");
    const run = await dock(dir, "registry", "pull", ...from, "--output", output, "--json");
    assert.equal(run.code, 0, run.stderr);
    const { pulled } = run.json?.data as { pulled: Record<string, unknown> };
    assert.deepEqual([pulled.source, pulled.sha256, pulled.verified], [
      `${url}/good.json.gz`,
      sha256(good),
      "none",
    ]);
    assert.deepEqual(await Deno.readFile(output), mappings("one"));
  });
});

Deno.test("mappings that are altered, or not those of --sha256, never take the place of good ones", async () => {
  await withPublished(async ({ url, files }, dir) => {
    const good = mappings("one");
    files.set("/m.json", good);
    const pull = (...argv: string[]) =>
      dock(dir, "registry", "pull", "--from", `${url}/m.json`, ...argv);
    assert.equal((await pull("--sha256", sha256(good).toUpperCase())).code, 0);
    for (
      const [path, content] of [
        ["/m.json", mappings("evil")],
        ["/m.json.sha256", "0".repeat(64)],
        ["/m.json", "{}{"],
      ] as const
    ) {
      files.set(path, content);
      const run = await pull("--sha256", sha256(good));
      assert.match(run.stderr, /checksum/, path);
      assert.deepEqual([await provider(dir, "one"), await provider(dir, "evil")], [0, 4]);
    }
    const none = await dock(dir, "registry", "pull", "--from", `${url}/a`, "--from", `${url}/b`);
    assert.match(none.stderr, /none of 2 places/);
  });
});

Deno.test("a pull from files needs no network, and a dry run changes nothing", async () => {
  await withPublished(async ({ asked }, dir) => {
    const file = join(dir, "m.json");
    await Deno.writeFile(file, mappings("one"));
    const plan = await dock(dir, "registry", "pull", "--from", file, "--dry-run", "--json");
    await assertPublishedShape(plan.json);
    assert.equal(await provider(dir, "one"), 4);
    assert.equal((await dock(dir, "registry", "pull", "--from", file, "--offline")).code, 0);
    assert.equal(await provider(dir, "one"), 0);
    assert.deepEqual(asked, []);
  });
});

Deno.test("a pull from a repository takes what it publishes", async () => {
  await withPublished(async ({ url, files }, dir) => {
    files.set("/someone/dock/raw/registry-data/node_mappings.json", mappings("one"));
    const run = await dock(dir, "registry", "pull", "--from", `${url}/someone/dock`);
    assert.equal(run.code, 0, run.stderr);
    assert.equal(await provider(dir, "one"), 0);
  });
});

Deno.test("without a place a pull asks for --from, and tells when the workspace follows another", async () => {
  await withPublished(async ({ url, files }, dir) => {
    const unknown = await dock(dir, "registry", "pull");
    assert.equal(unknown.code, 2);
    assert.match(unknown.stderr, /registry pull --from ADDRESS/);
    files.set("/m.json", mappings("one"));
    files.set("/other.json", mappings("two"));
    await dock(dir, "config", "set", "mappings_url", `${url}/m.json`);
    assert.equal((await dock(dir, "registry", "pull")).code, 0);
    assert.equal(await provider(dir, "one"), 0);
    const other = await dock(dir, "registry", "pull", "--from", `${url}/other.json`);
    assert.match(other.stderr, /config unset mappings_url/);
    await dock(dir, "config", "unset", "mappings_url");
    await dock(dir, "node", "find", "two");
    assert.equal(await provider(dir, "two"), 0);
  });
});
