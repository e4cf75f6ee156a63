import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { isKind } from "../../../src/base/mod.ts";
import { createHttpClient } from "../../../src/http/mod.ts";
import {
  createRunner,
  provideUv,
  readUvPin,
  toolErrors,
  type UvPin,
} from "../../../src/tools/mod.ts";
import { releaseArchiveName } from "../../../src/tools/uv/fetch_release.ts";
import { sha256Of } from "../../../src/tools/uv/unpack.ts";
import { rawTarGz } from "../../support/archives.ts";
import { wheelBytes } from "../../support/wheels.ts";

const unix = Deno.build.os !== "windows";
const VERSION = "9.9.9";
const script = (version: string) => `#!/bin/sh\necho "uv ${version} (test)"\n`;
const wheel = wheelBytes({
  name: "uv",
  version: VERSION,
  scripts: { uv: script(VERSION), uvx: "#!/bin/sh\n" },
});
const wheelName = `uv-${VERSION}-py3-none-any.whl`;

interface World {
  readonly root: string;
  readonly directory: string;
  readonly pin: UvPin;
  /** Puts an executable on the only PATH there is. */
  install(name: string, content: string): Promise<string>;
  provide(more?: { releases?: string; offline?: boolean }): ReturnType<typeof provideUv>;
}

async function inWorld(run: (world: World) => Promise<void>): Promise<void> {
  const root = await Deno.makeTempDir();
  const bin = join(root, "bin");
  await Deno.mkdir(bin);
  const directory = join(root, "uv", "bin");
  const pin: UvPin = {
    version: VERSION,
    minimum: "9.0.0",
    wheels: [{ file: wheelName, size: wheel.length, sha256: await sha256Of(wheel) }],
  };
  const env = { PATH: bin, HOME: root };
  const runner = createRunner({ env: { ...env, PATH: `${bin}:/usr/bin:/bin` } });
  try {
    await run({
      root,
      directory,
      pin,
      async install(name, content) {
        const path = join(bin, name);
        await Deno.writeTextFile(path, content, { mode: 0o755 });
        return path;
      },
      provide: (more) =>
        provideUv(runner, {
          env,
          directory,
          pin,
          http: createHttpClient({ retries: 0 }),
          releases: "http://127.0.0.1:1",
          ...more,
        }),
    });
  } finally {
    await Deno.remove(root, { recursive: true });
  }
}

// Stands before the real Pythons on PATH and does what their pip would.
async function installPip(world: World, bytes: Uint8Array): Promise<void> {
  const source = join(world.root, wheelName);
  await Deno.writeFile(source, bytes);
  const pip =
    `#!/bin/sh\nwhile [ "$1" != --dest ]; do shift; done\nmkdir -p "$2" && cp '${source}' "$2"\n`;
  for (const name of ["python3", "python"]) await world.install(name, pip);
}

async function withoutPip(world: World): Promise<void> {
  for (const name of ["python3", "python"]) {
    await world.install(name, "#!/bin/sh\necho 'No module named pip' >&2\nexit 1\n");
  }
}

async function missing(work: Promise<unknown>): Promise<readonly string[]> {
  const error = await work.then(() => undefined, (reason) => reason);
  assert.ok(isKind(error, toolErrors.UV_MISSING), `${error}`);
  assert.equal(error.exit, 3);
  assert.match(error.hint ?? "", /install/);
  return error.details.reasons as readonly string[];
}

async function nothingLeft(directory: string): Promise<void> {
  const parent = dirname(directory);
  const entries = await Array.fromAsync(Deno.readDir(parent)).catch(() => []);
  for (const { name } of entries) {
    assert.deepEqual(await Array.fromAsync(Deno.readDir(join(parent, name))), []);
  }
}

const promise = (name: string, run: (world: World) => Promise<void>) =>
  Deno.test({ name, ignore: !unix, fn: () => inWorld(run) });

promise("provideUv() takes a uv on PATH that is new enough", async ({ install, provide }) => {
  const program = await install("uv", script("9.1.0"));
  assert.deepEqual(await provide(), { program, version: "9.1.0", origin: "path" });
});

promise(
  "provideUv() fetches the pinned wheel where uv is absent, and then finds it",
  async (world) => {
    const { directory, provide } = world;
    await installPip(world, wheel);
    const provided = await provide();
    assert.deepEqual(provided, {
      program: join(directory, VERSION, "uv"),
      version: VERSION,
      origin: "provided",
    });
    const { stdout } = await new Deno.Command(provided.program).output();
    assert.equal(new TextDecoder().decode(stdout), `uv ${VERSION} (test)\n`);
    await withoutPip(world);
    assert.deepEqual(await provide({ offline: true }), provided);
    assert.deepEqual((await Array.fromAsync(Deno.readDir(directory))).map((e) => e.name), [
      VERSION,
    ]);
  },
);

promise("provideUv() passes over a uv that is too old or that does not start", async (world) => {
  await world.install("uv", script("0.1.0"));
  await installPip(world, wheel);
  assert.equal((await world.provide()).origin, "provided");
  await world.install("uv", "#!/bin/sh\nexit 127\n");
  assert.equal((await world.provide()).origin, "provided");
});

promise("provideUv() refuses a wheel whose digest it does not know", async (world) => {
  const other = wheelBytes({ name: "uv", version: VERSION, scripts: { uv: script("6.6.6") } });
  await installPip(world, other);
  const reasons = await missing(world.provide());
  assert.match(reasons.join("\n"), /is not the file that comfydock knows/);
  await nothingLeft(world.directory);
});

function serveRelease(archive: Uint8Array<ArrayBuffer>, digest: string) {
  const name = releaseArchiveName(Deno.build.target);
  return Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, (request) => {
    const { pathname } = new URL(request.url);
    if (pathname === `/mirror/${VERSION}/${name}`) return new Response(archive);
    if (pathname === `/mirror/${VERSION}/${name}.sha256`) {
      return new Response(`${digest}  ${name}\n`);
    }
    return new Response("", { status: 404 });
  });
}

promise(
  "provideUv() fetches the release where no pip can, and checks its digest",
  async (world) => {
    await withoutPip(world);
    const folder = `uv-${Deno.build.target}`;
    const archive = rawTarGz([
      { name: `${folder}/` },
      { name: `${folder}/uv`, data: script(VERSION), mode: 0o755 },
      { name: `${folder}/uvx`, data: "" },
    ]);
    const forged = serveRelease(archive, "0".repeat(64));
    try {
      const releases = `http://127.0.0.1:${forged.addr.port}/mirror`;
      assert.match((await missing(world.provide({ releases }))).join("\n"), /SHA-256/);
      await nothingLeft(world.directory);
    } finally {
      await forged.shutdown();
    }
    const server = serveRelease(archive, await sha256Of(archive));
    try {
      const releases = `http://127.0.0.1:${server.addr.port}/mirror/`;
      const { program } = await world.provide({ releases });
      const { stdout } = await new Deno.Command(program).output();
      assert.equal(new TextDecoder().decode(stdout), `uv ${VERSION} (test)\n`);
    } finally {
      await server.shutdown();
    }
  },
);

promise("provideUv() says why each way failed, and which command installs uv", async (world) => {
  await world.install("uv", script("0.1.0"));
  await withoutPip(world);
  const reasons = (await missing(world.provide())).join("\n");
  assert.match(reasons, /version 0\.1\.0 is older than 9\.0\.0/);
  assert.match(reasons, /python3: No module named pip/);
  assert.match(reasons, /127\.0\.0\.1:1/);
  const offline = await missing(world.provide({ offline: true }));
  assert.match(offline.join("\n"), /network is switched off/);
});

Deno.test("the pinned uv has wheels for every system that comfydock runs on", async () => {
  const { version, wheels } = await readUvPin();
  const tags = [
    "manylinux_2_17_x86_64",
    "manylinux_2_28_aarch64",
    "musllinux_1_1_x86_64",
    "musllinux_1_1_aarch64",
    "macosx_10_12_x86_64",
    "macosx_11_0_arm64",
    "win_amd64",
    "win_arm64",
  ];
  for (const tag of tags) {
    const fitting = wheels.filter(({ file }) => file.includes(tag));
    assert.ok(fitting.length > 0, tag);
  }
  for (const { file, sha256 } of wheels) {
    assert.ok(file.startsWith(`uv-${version}-`));
    assert.match(sha256, /^[0-9a-f]{64}$/);
  }
});
