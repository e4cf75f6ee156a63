import assert from "node:assert/strict";
import { createHttpClient } from "../../../src/http/mod.ts";
import { type PackageFacts, validatePackage } from "../../../src/nodes/mod.ts";
import { type RawEntry, rawZip } from "../../support/archives.ts";
import { serve, type TestServer } from "../../support/http_server.ts";

const code: RawEntry = { name: "__init__.py", data: "NODE_CLASS_MAPPINGS = {}\n" };

const archives: Readonly<Record<string, readonly RawEntry[]>> = {
  sound: [code, { name: "requirements.txt", data: "numpy>=1.26\n# nothing else\n" }],
  unreadable: [code, { name: "requirements.txt", data: "numpy>=>=1\n" }],
  editable: [code, { name: "requirements.txt", data: "-e .\n" }],
  climbing: [code, { name: "../evil.py", data: "x" }],
  linked: [code, { name: "link", data: "/etc/passwd", mode: 0o120777 }],
  lying: [{ ...code, declaredCrc: 1 }],
  codeless: [{ name: "README.md", data: "hello" }],
};

function facts(url: string, fields: Partial<PackageFacts> = {}): PackageFacts {
  return {
    id: "pack",
    name: "Pack",
    source: "registry",
    tags: [],
    listed: true,
    from: "network",
    versions: [{
      version: "1.0.0",
      live: true,
      deprecated: false,
      downloadUrl: url,
      dependencies: [],
      supportedOs: [],
      supportedAccelerators: [],
    }],
    ...fields,
  };
}

async function check(of: PackageFacts, classes: readonly string[] = ["Some"]): Promise<string[]> {
  const downloads = await Deno.makeTempDir();
  try {
    const findings = await validatePackage(of, classes, {
      http: () => Promise.resolve(createHttpClient({ retries: 0 })),
      downloads,
      platform: { os: "linux" },
    });
    assert.deepEqual([...Deno.readDirSync(downloads)], [], "nothing stays behind");
    return findings.map(({ severity, code }) => `${severity} ${code}`);
  } finally {
    await Deno.remove(downloads, { recursive: true });
  }
}

function serveArchives(): TestServer {
  return serve((request) => {
    const entries = archives[new URL(request.url).pathname.slice(1)];
    return entries ? new Response(rawZip(entries)) : new Response("gone", { status: 404 });
  });
}

Deno.test("validatePackage() reads the archive and tells what is wrong with it", async () => {
  await using server = serveArchives();
  const expected: Readonly<Record<string, readonly string[]>> = {
    sound: [],
    unreadable: ["error PACK_REQUIREMENT"],
    editable: ["warning PACK_REQUIREMENT"],
    climbing: ["error PACK_ARCHIVE_UNREADABLE"],
    linked: ["error PACK_ARCHIVE_UNREADABLE"],
    lying: ["error PACK_ARCHIVE_UNREADABLE"],
    codeless: ["error PACK_WITHOUT_CODE"],
    missing: ["error PACK_ARCHIVE_UNREADABLE"],
  };
  for (const [name, findings] of Object.entries(expected)) {
    assert.deepEqual(await check(facts(`${server.url}/${name}`)), findings, name);
  }
});

Deno.test("validatePackage() tells what keeps a pack from being installed before anything is fetched", async () => {
  await using server = serveArchives();
  const sound = facts(`${server.url}/sound`);
  const [version] = sound.versions;
  const cases: readonly (readonly [PackageFacts, readonly string[]])[] = [
    [{ ...sound, listed: false, versions: [] }, [
      "error PACK_NOT_LISTED",
      "error PACK_NO_LIVE_VERSION",
    ]],
    [{ ...sound, versions: [{ ...version!, live: false }] }, ["error PACK_NO_LIVE_VERSION"]],
    [{ ...sound, versions: [{ ...version!, downloadUrl: undefined }] }, ["error PACK_NO_ARCHIVE"]],
    [{ ...sound, source: "manager", versions: [] }, ["warning PACK_WITHOUT_ARCHIVES"]],
  ];
  for (const [of, findings] of cases) assert.deepEqual(await check(of), findings);
  assert.equal(server.requests.length, 0);
  const windows = { ...sound, versions: [{ ...version!, supportedOs: ["Microsoft :: Windows"] }] };
  assert.deepEqual(await check(windows), ["error PACK_NOT_FITTING"]);
  assert.deepEqual(await check(sound, []), ["warning PACK_CLASSES_UNKNOWN"]);
});
