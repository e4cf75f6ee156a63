import assert from "node:assert/strict";
import { join } from "node:path";
import { buildBundle } from "../../tasks/bundle.ts";
import { PERMISSIONS } from "../../tasks/permissions.ts";
import { runAlone, withTempDir } from "../support/alone.ts";

Deno.test("the same sources give the same bundle", async () => {
  await withTempDir(async (directory) => {
    const [first, second] = [join(directory, "a", "a.js"), join(directory, "b.js")];
    await buildBundle(first);
    await buildBundle(second);
    assert.deepEqual(await Deno.readFile(first), await Deno.readFile(second));
  });
});

const commands: readonly (readonly [readonly string[], RegExp])[] = [
  [["--version"], /\d+\.\d+\.\d+/],
  [["registry", "lookup", "Power Lora Loader (rgthree)", "--offline", "--json"], /rgthree-comfy/],
  [["demo"], /./],
];

Deno.test("the bundle runs from a URL and carries all that it needs", async () => {
  await withTempDir(async (directory) => {
    const path = join(directory, "comfydock.js");
    await buildBundle(path);
    const bundle = await Deno.readFile(path);
    const headers = { "content-type": "text/javascript" };
    await using server = Deno.serve(
      { hostname: "127.0.0.1", port: 0, onListen: () => {} },
      ({ url }) =>
        new URL(url).pathname === "/comfydock.js"
          ? new Response(bundle, { headers })
          : new Response(null, { status: 404 }),
    );
    const host = `127.0.0.1:${server.addr.port}`;
    const run = ["run", "--quiet", `--allow-import=${host}`, ...PERMISSIONS];
    for (const [args, expected] of commands) {
      const { code, stdout, stderr } = await runAlone(
        Deno.execPath(),
        [...run, `http://${host}/comfydock.js`, ...args],
        directory,
        // A cache of its own: whatever the bundle lacked would have to come over the network.
        { DENO_DIR: join(directory, "cache") },
      );
      assert.equal(code, 0, `${args.join(" ")}: ${stderr}`);
      assert.match(stdout, expected);
    }
  });
});
