import assert from "node:assert/strict";
import { join } from "node:path";
import { buildBundle } from "../../tasks/bundle.ts";
import { createBlake3 } from "../../src/models/mod.ts";
import { PERMISSIONS } from "../../src/cli/own_command.ts";
import { unpackArchive } from "../../src/archive/mod.ts";
import { VERSION } from "../../src/base/mod.ts";
import { packForNpm } from "../../tasks/npm.ts";
import { type AloneRun, runAlone, withTempDir } from "../support/alone.ts";
import { findOnPath } from "../../src/tools/find_program.ts";

/** Large enough to be hashed in Workers. */
const MODEL_BYTES = 40_000_000;

/** Serves one file on loopback, and hands over its URL and host. */
async function withServed(
  path: string,
  work: (url: string, host: string) => Promise<void>,
): Promise<void> {
  const content = await Deno.readFile(path);
  const headers = { "content-type": "text/javascript" };
  await using server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    (request) =>
      new URL(request.url).pathname === "/served.js"
        ? new Response(content, { headers })
        : new Response(null, { status: 404 }),
  );
  const host = `127.0.0.1:${server.addr.port}`;
  await work(`http://${host}/served.js`, host);
}

/** Runs a module with an empty cache: whatever a bundle lacked would have to come over the network. */
function runModule(
  module: string,
  args: readonly string[],
  host: string,
  home: string,
): Promise<AloneRun> {
  const options = ["run", "--quiet", "--no-config", `--allow-import=${host}`, ...PERMISSIONS];
  const env = { DENO_DIR: join(home, "cache") };
  return runAlone(Deno.execPath(), [...options, module, ...args], home, env);
}

/** Where both bundles lie, built once. */
const built = await Deno.makeTempDir({ prefix: "comfydock-test-bundles-" });
globalThis.addEventListener("unload", () => Deno.removeSync(built, { recursive: true }));
const program = join(built, "comfydock.js");
const libraryFile = join(built, "mod.js");
await buildBundle(program, "main.ts");
await buildBundle(libraryFile, "mod.ts");

Deno.test("the same sources give the same bundle", async () => {
  await withTempDir(async (directory) => {
    const again = join(directory, "deep", "other.js");
    await buildBundle(again, "main.ts");
    assert.deepEqual(await Deno.readFile(again), await Deno.readFile(program));
  });
});

const commands: readonly (readonly [readonly string[], RegExp])[] = [
  [["--version"], /\d+\.\d+\.\d+/],
  [["registry", "lookup", "Power Lora Loader (rgthree)", "--offline", "--json"], /rgthree-comfy/],
  [["demo"], /./],
];

Deno.test("the program runs from a URL and carries all that it needs", async () => {
  await withTempDir(async (directory) => {
    await withServed(program, async (url, host) => {
      for (const [args, expected] of commands) {
        const { code, stdout, stderr } = await runModule(url, args, host, directory);
        assert.equal(code, 0, `${args.join(" ")}: ${stderr}`);
        assert.match(stdout, expected);
      }
    });
  });
});

Deno.test("the library is imported from a URL and carries all that it needs", async () => {
  await withTempDir(async (directory) => {
    await withServed(libraryFile, async (url, host) => {
      const script = join(directory, "script.ts");
      await Deno.writeTextFile(
        script,
        `import { base, models, registry, WorkspaceManager } from "${url}";
         console.log(typeof registry, (await base.readAssetText("config/output_schema.toml")).length);
         await Deno.writeFile("model.bin", new Uint8Array(${MODEL_BYTES}));
         console.log((await models.hashFile("model.bin")).blake3);
         const workspace = await WorkspaceManager.create("workspace");
         console.log((await workspace.getConfig()).find(({ key }) => key === "registry_url").layer);`,
      );
      const { code, stdout, stderr } = await runModule(script, [], host, directory);
      assert.equal(code, 0, stderr);
      const [read, digest, layer] = stdout.split("\n");
      assert.match(read ?? "", /^object [1-9]\d+$/);
      const expected = createBlake3("plain");
      expected.update(new Uint8Array(MODEL_BYTES));
      assert.equal(digest, expected.finish());
      assert.equal(layer, "default");
    });
  });
});

const [node] = await findOnPath("node", Deno.env.toObject());

Deno.test("the package for npm starts in Node, gives Deno the library, and is the same each time", async () => {
  assert(node, "Install Node: the package for npm is tested with it");
  await withTempDir(async (directory) => {
    const path = await packForNpm(built);
    const bytes = await Deno.readFile(path);
    assert.deepEqual(await Deno.readFile(await packForNpm(built)), bytes);
    await unpackArchive(path, directory);
    const modules = join(directory, "node_modules");
    const own = join(modules, "comfydock");
    await Deno.mkdir(modules);
    await Deno.rename(join(directory, "package"), own);
    await installDeno(join(modules, "deno"));

    const start = (...args: string[]) =>
      runAlone(node, [join(own, "comfydock.mjs"), ...args], directory);
    assert.equal((await start("--version")).stdout.trim(), `comfydock ${VERSION}`);
    const lookup = await start("registry", "lookup", "KSampler", "--offline", "--json");
    assert.equal(JSON.parse(lookup.stdout).ok, true);
    assert.equal((await start("registry", "lookup", "no such node", "--offline")).code, 4);

    const script = join(directory, "script.js");
    await Deno.writeTextFile(
      script,
      `import { WorkspaceManager } from "comfydock";
         console.log((await WorkspaceManager.create("workspace")).path);`,
    );
    await Deno.writeTextFile(join(directory, "package.json"), `{ "type": "module" }`);
    const args = ["run", "--quiet", ...PERMISSIONS, script];
    const inDeno = await runAlone(Deno.execPath(), args, directory);
    assert.match(inDeno.stdout, /workspace$/m, inDeno.stderr);
    const inNode = await runAlone(node, [script], directory);
    assert.match(inNode.stderr, /The library of comfydock runs in Deno/);
  });
});

/** The package `deno` as npm unpacks it, with the Deno that runs this. */
async function installDeno(directory: string): Promise<void> {
  await Deno.mkdir(directory);
  await Deno.writeTextFile(join(directory, "package.json"), `{ "name": "deno" }`);
  const windows = Deno.build.os === "windows";
  const path = join(directory, windows ? "deno.exe" : "deno");
  await (windows ? Deno.copyFile : Deno.symlink)(Deno.execPath(), path);
}
