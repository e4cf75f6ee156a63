import assert from "node:assert/strict";
import { join } from "node:path";
import { buildBundle } from "../../tasks/bundle.ts";
import { createBlake3 } from "../../src/models/mod.ts";
import { PERMISSIONS } from "../../src/cli/own_command.ts";
import { type AloneRun, runAlone, withTempDir } from "../support/alone.ts";

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

Deno.test("the same sources give the same bundle", async () => {
  await withTempDir(async (directory) => {
    const [first, second] = [join(directory, "a", "a.js"), join(directory, "b.js")];
    await buildBundle(first, "main.ts");
    await buildBundle(second, "main.ts");
    assert.deepEqual(await Deno.readFile(first), await Deno.readFile(second));
  });
});

const commands: readonly (readonly [readonly string[], RegExp])[] = [
  [["--version"], /\d+\.\d+\.\d+/],
  [["registry", "lookup", "Power Lora Loader (rgthree)", "--offline", "--json"], /rgthree-comfy/],
  [["demo"], /./],
];

Deno.test("the program runs from a URL and carries all that it needs", async () => {
  await withTempDir(async (directory) => {
    const path = join(directory, "comfydock.js");
    await buildBundle(path, "main.ts");
    await withServed(path, async (url, host) => {
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
    const path = join(directory, "mod.js");
    await buildBundle(path, "mod.ts");
    await withServed(path, async (url, host) => {
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
