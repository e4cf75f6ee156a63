import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { VERSION } from "../../src/base/mod.ts";
import {
  checksumsText,
  programName,
  type ReleaseFile,
  releaseText,
} from "../../src/distribution/mod.ts";
import { projectRoot } from "../../tasks/run_deno.ts";
import { runAlone, withTempDir } from "../support/alone.ts";
import { builtBinary } from "../support/built_binary.ts";
import { serve } from "../support/http_server.ts";

const suffix = Deno.build.os === "windows" ? ".exe" : "";
const NEWER = VERSION.replace(/\d$/, (last) => last === "9" ? "8" : "9");

Deno.test("what the script installs updates itself; either refuses what was tampered with, and it can be undone", async () => {
  await withTempDir(async (directory) => {
    const current = await Deno.readFile(await builtBinary());
    const newer = await anotherVersion(current, directory);
    const name = programName(Deno.build.target);
    let sent = newer;
    let tampered = false;
    await using server = serve((request) => {
      const { pathname } = new URL(request.url);
      switch (pathname.replace("/releases/", "")) {
        case "latest/download/release.json":
          return new Response(releaseText({ version: NEWER, files: [fileOf(name, newer)] }));
        case `download/v${NEWER}/${name}`:
          return new Response(sent);
        case `download/v${VERSION}/SHA256SUMS`:
          return new Response(
            checksumsText([fileOf("comfydock.js", newer), fileOf(name, current)]),
          );
        case `download/v${VERSION}/${name}`:
          return new Response(tampered ? tamper(current) : current);
      }
      return new Response("", { status: 404 });
    });
    const program = await install(directory, current, server.url, (is) => tampered = is);
    const update = (...args: string[]) =>
      runAlone(program, ["self", "update", ...args, "--json"], directory);
    const version = async () => (await runAlone(program, ["--version"], directory)).stdout.trim();

    const unset = await update();
    assert.equal(unset.code, 2);
    assert.match(unset.stdout, /--from/);

    sent = tamper(newer);
    const refused = await update("--from", server.url);
    assert.equal(refused.code, 1);
    assert.equal(JSON.parse(refused.stdout).error.code, "PROGRAM_UNSOUND");
    assert.doesNotMatch(refused.stdout + refused.stderr, /kept/);
    assert.deepEqual([...Deno.readDirSync(join(directory, "bin"))].length, 1);
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
    const left = [...Deno.readDirSync(join(directory, "bin"))].map(({ name }) => name).sort();
    assert.deepEqual(left, [`comfydock${suffix}`, `comfydock.old${suffix}`].sort());
  });
});

/** By the script where there is a shell, after it has refused what was tampered with. */
async function install(
  directory: string,
  current: Uint8Array<ArrayBuffer>,
  from: string,
  setTampered: (is: boolean) => void,
): Promise<string> {
  const program = join(directory, "bin", `comfydock${suffix}`);
  if (Deno.build.os === "windows") {
    await Deno.mkdir(join(directory, "bin"));
    await Deno.writeFile(program, current);
    return program;
  }
  const script = join(projectRoot, "install.sh");
  const run = (...args: string[]) =>
    runAlone("/bin/sh", [script, "--dir", join(directory, "bin"), ...args], directory, {
      PATH: Deno.env.get("PATH") ?? "",
    });
  assert.equal((await run()).code, 2);
  assert.equal((await run("--fro", from)).code, 2);
  assert.notEqual((await run("--from", from, "--version", "0.0.1")).code, 0);
  setTampered(true);
  const wrong = await run("--from", from, "--version", VERSION);
  assert.equal(wrong.code, 1);
  assert.match(wrong.stderr, /has the digest/);
  assert.deepEqual([...Deno.readDirSync(directory)].filter(({ name }) => name === "bin"), []);
  setTampered(false);
  const right = await run("--from", `${from}/`, "--version", `v${VERSION}`);
  assert.equal(right.code, 0, right.stderr);
  assert.match(right.stdout, /Put .* on your PATH/);
  assert.deepEqual([...Deno.readDirSync(join(directory, "bin"))].map(({ name }) => name), [
    "comfydock",
  ]);
  return program;
}

function tamper(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const other = bytes.slice();
  other[other.length >> 1]! ^= 1;
  return other;
}

function fileOf(name: string, bytes: Uint8Array): ReleaseFile {
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  return { name, size: bytes.length, sha256 };
}

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
