import assert from "node:assert/strict";
import { parseDistribution, releaseText } from "../../../src/distribution/mod.ts";
import { ownerOf, planUpdate } from "../../../src/distribution/program/mod.ts";
import { createHttpClient } from "../../../src/http/mod.ts";
import { serve } from "../../support/http_server.ts";

const target = "x86_64-unknown-linux-gnu";
const program = { path: "/opt/tools/comfydock", version: "0.1.0", target };
const file = { name: `comfydock-${target}`, size: 12, sha256: "ab".repeat(32) };

function releases(...versions: readonly string[]) {
  return serve((request) => {
    const { pathname } = new URL(request.url);
    const [, tag] = /^\/x\/releases\/(?:download\/v(.+)|latest\/download)\/release\.json$/
      .exec(pathname) ?? [];
    const version = tag ?? versions[0];
    return version !== undefined && versions.includes(version) && pathname.endsWith("release.json")
      ? new Response(releaseText({ version, files: version === "0.0.9" ? [] : [file] }))
      : new Response("no", { status: 404 });
  });
}

Deno.test("the newest release is taken unless a version is named, and what is here needs nothing", async () => {
  await using server = releases("0.2.0", "0.1.0", "0.0.9");
  const distribution = parseDistribution(`${server.url}/x`);
  const http = createHttpClient();
  const plan = (version?: string) => planUpdate(http, { program, distribution, version });
  const newest = await plan();
  assert.equal(newest.version, "0.2.0");
  assert.equal(newest.url, `${server.url}/x/releases/download/v0.2.0/comfydock-${target}`);
  assert.deepEqual([newest.change, newest.kept], [true, "/opt/tools/comfydock.old"]);
  assert.equal((await plan("0.1.0")).change, false);
  await assert.rejects(plan("0.3.0"), { code: "RELEASE_NOT_FOUND", message: /0\.3\.0/ });
  await assert.rejects(plan("0.0.9"), { code: "RELEASE_NOT_FOUND", message: /for x86_64/ });
});

Deno.test("the newest release takes the place of no newer program, unless it is named", async () => {
  await using server = releases("0.2.0");
  const distribution = parseDistribution(`${server.url}/x`);
  const changes = async (version: string, wanted?: string) =>
    (await planUpdate(createHttpClient(), {
      program: { ...program, version },
      distribution,
      version: wanted,
    })).change;
  assert.equal(await changes("0.2.0-rc.1"), true);
  assert.equal(await changes("0.3.0-rc.1"), false);
  assert.equal(await changes("0.3.0-rc.1", "0.2.0"), true);
});

Deno.test("a server that hands out another version than it was asked for is refused", async () => {
  await using server = serve(() => new Response(releaseText({ version: "9.9.9", files: [file] })));
  const distribution = parseDistribution(server.url);
  await assert.rejects(
    planUpdate(createHttpClient(), { program, distribution, version: "0.2.0" }),
    { code: "RELEASE_INVALID", message: /9\.9\.9, not 0\.2\.0/ },
  );
});

Deno.test("a file that a package manager keeps is left to it, and the manager is named", async () => {
  const places: readonly (readonly [string, string | undefined])[] = [
    ["/opt/homebrew/Cellar/comfydock/0.1.0/bin/comfydock", "Homebrew"],
    ["/nix/store/abc-comfydock/bin/comfydock", "Nix"],
    ["C:\\Users\\me\\scoop\\apps\\comfydock\\current\\comfydock.exe", "Scoop"],
    ["/usr/bin/comfydock", "the system's package manager"],
    ["/usr/local/bin/comfydock", undefined],
    ["/home/me/.local/bin/comfydock", undefined],
  ];
  for (const [path, name] of places) assert.equal(ownerOf(path)?.name, name, path);
  const distribution = parseDistribution("http://127.0.0.1:1");
  const path = "/opt/homebrew/Cellar/comfydock/0.1.0/bin/comfydock";
  await assert.rejects(
    planUpdate(createHttpClient(), { program: { ...program, path }, distribution }),
    (error: Error & { code?: string; hint?: string }) =>
      error.code === "PROGRAM_OWNED" && /brew upgrade/.test(error.hint ?? ""),
  );
});
