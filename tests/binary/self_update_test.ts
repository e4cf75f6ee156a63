import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { VERSION } from "../../src/base/mod.ts";
import { programName, releaseText } from "../../src/distribution/mod.ts";
import { runAlone, withTempDir } from "../support/alone.ts";
import { builtBinary } from "../support/built_binary.ts";
import { serve } from "../support/http_server.ts";

const suffix = Deno.build.os === "windows" ? ".exe" : "";
const NEWER = VERSION.replace(/\d$/, (last) => last === "9" ? "8" : "9");

Deno.test("a newer release takes the place of the program, a tampered one does not, and it can be undone", async () => {
  await withTempDir(async (directory) => {
    const program = join(directory, `comfydock${suffix}`);
    await Deno.copyFile(await builtBinary(), program);
    const newer = await anotherVersion(await Deno.readFile(program), directory);
    const sha256 = createHash("sha256").update(newer).digest("hex");
    let sent = newer;
    await using server = serve((request) => {
      const { pathname } = new URL(request.url);
      if (pathname === "/releases/latest/download/release.json") {
        const file = { name: programName(Deno.build.target), size: newer.length, sha256 };
        return new Response(releaseText({ version: NEWER, files: [file] }));
      }
      const wanted = `/releases/download/v${NEWER}/${programName(Deno.build.target)}`;
      return pathname === wanted ? new Response(sent) : new Response("", { status: 404 });
    });
    const update = (...args: string[]) =>
      runAlone(program, ["self", "update", ...args, "--json"], directory);
    const version = async () => (await runAlone(program, ["--version"], directory)).stdout.trim();

    const unset = await update();
    assert.equal(unset.code, 2);
    assert.match(unset.stdout, /--from/);

    sent = newer.with(newer.length >> 1, newer[newer.length >> 1]! ^ 1);
    const tampered = await update("--from", server.url);
    assert.notEqual(tampered.code, 0);
    assert.equal(await version(), `comfydock ${VERSION}`);

    sent = newer;
    const planned = await update("--from", server.url, "--dry-run");
    assert.equal(planned.code, 0, planned.stdout);
    assert.equal(JSON.parse(planned.stdout).data.to_version, NEWER);
    assert.equal(await version(), `comfydock ${VERSION}`);

    const done = await update("--from", server.url);
    assert.equal(done.code, 0, done.stdout + done.stderr);
    assert.equal(await version(), `comfydock ${NEWER}`);
    assert.equal((await runAlone(program, ["demo", "--help"], directory)).code, 0);

    const undone = await update("--undo");
    assert.equal(undone.code, 0, undone.stdout);
    assert.equal(await version(), `comfydock ${VERSION}`);
    const left = [...Deno.readDirSync(directory)].map(({ name }) => name)
      .filter((name) => name.startsWith("comfydock")).sort();
    assert.deepEqual(left, [`comfydock${suffix}`, `comfydock.old${suffix}`].sort());
  });
});

/** The same program with another version of equal length in it. */
async function anotherVersion(
  bytes: Uint8Array<ArrayBuffer>,
  directory: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const text = new TextDecoder("latin1").decode(bytes);
  const changed = bytes.slice();
  const found = [...text.matchAll(new RegExp(`version: "${VERSION.replaceAll(".", "\\.")}"`, "g"))];
  assert(found.length > 0, "the version stands in the program");
  for (const { index } of found) {
    changed.set(new TextEncoder().encode(`version: "${NEWER}"`), index);
  }
  if (Deno.build.os !== "darwin") return changed;
  // Changed programs do not start there unless they are signed anew.
  const path = join(directory, "newer");
  await Deno.writeFile(path, changed, { mode: 0o755 });
  await new Deno.Command("codesign", { args: ["--force", "--sign", "-", path] }).output();
  return await Deno.readFile(path);
}
