import assert from "node:assert/strict";
import { join } from "node:path";
import {
  parseNodeReference,
  type ReferenceWorld,
  resolveReference,
} from "../../../src/nodes/mod.ts";
import type { ReferenceChoices } from "../../../src/nodes/mod.ts";
import type { PackageFacts, PackageVersion } from "../../../src/nodes/packages/mod.ts";
import { canonicalUrl } from "../../../src/mappings/mod.ts";
import { failureOf } from "../../support/comfyui_world.ts";
import {
  makeRepository,
  type NodeTestWorld,
  withNodeWorld,
  writeFiles,
} from "../../support/node_world.ts";

function version(name: string, facts: Partial<PackageVersion> = {}): PackageVersion {
  return {
    version: name,
    live: true,
    deprecated: false,
    downloadUrl: `https://cdn.test/${name}.zip`,
    dependencies: ["numpy"],
    supportedOs: [],
    supportedAccelerators: [],
    ...facts,
  };
}

function pack(id: string, facts: Partial<PackageFacts> = {}): PackageFacts {
  return {
    id,
    name: `The ${id}`,
    source: "registry",
    tags: [],
    listed: true,
    versions: [],
    from: "index",
    ...facts,
  };
}

/** A world that knows these packages. */
function knowing(test: NodeTestWorld, packs: readonly PackageFacts[]): ReferenceWorld {
  return {
    ...test.world(),
    platform: { os: "linux" },
    cwd: test.root,
    home: join(test.root, "home"),
    packages: { read: (id) => Promise.resolve(packs.find((each) => each.id === id)) },
    index: {
      packageOfRepository(url) {
        const found = packs.find(({ repository = "" }) =>
          canonicalUrl(repository) === canonicalUrl(url)
        );
        const source = found?.source === "manager" ? { source: "manager" as const } : {};
        return found && {
          id: found.id,
          package: { ...source, display_name: found.name, versions: {} },
        };
      },
      nearest: () => packs.map(({ id }) => id),
    },
  };
}

const resolving = (world: ReferenceWorld, text: string, choices?: ReferenceChoices) =>
  resolveReference(world, parseNodeReference(text, choices), choices);

const codes = (notices: readonly { code: string }[]) => notices.map(({ code }) => code);

Deno.test("an id becomes the newest live version that fits, and what was passed over is told", () =>
  withNodeWorld(async (test) => {
    const versions = [
      version("3.0.0", { live: false, deprecated: true }),
      version("2.0.0", { supportedOs: ["Microsoft :: Windows"] }),
      version("1.0.0"),
    ];
    const world = knowing(test, [pack("a", { versions, repository: "https://git.test/u/a" })]);
    const { target, notices } = await resolving(world, "a");
    assert.deepEqual(target, {
      source: "registry",
      id: "a",
      name: "The a",
      version: "1.0.0",
      downloadUrl: "https://cdn.test/1.0.0.zip",
      repository: "https://git.test/u/a",
      listedRequirements: ["numpy"],
    });
    assert.deepEqual(codes(notices), ["NODE_VERSION_PASSED_OVER"]);
    assert.match(notices[0]!.message, /2\.0\.0 .*Windows/);
    const waiting = version("2.0.0", { status: "NodeVersionStatusPending" });
    const reviewed = knowing(test, [pack("b", { versions: [waiting, version("1.0.0")] })]);
    const [told] = (await resolving(reviewed, "b")).notices;
    assert.match(told!.message, /1\.0\.0 is taken: 2\.0\.0 is newer and waits for review/);
    assert.deepEqual(codes((await resolving(world, "a@v3.0.0")).notices), [
      "NODE_VERSION_WITHDRAWN",
    ]);
    assert.deepEqual(codes((await resolving(world, "a@2.0.0")).notices), ["NODE_VERSION_MISFIT"]);
    const none = await failureOf(resolving(world, "a@9.9.9"));
    assert.equal(none.code, "NODE_VERSION_NOT_FOUND");
    assert.match(`${none.hint}`, /3\.0\.0, 2\.0\.0, 1\.0\.0/);
  }));

Deno.test("an unknown id names the nearest ones and ends with exit code 4; a banned version is not taken", () =>
  withNodeWorld(async (test) => {
    const versions = [version("2.0.0", { live: false, status: "NodeVersionStatusBanned" })];
    const world = knowing(test, [pack("kjnodes", { versions })]);
    const unknown = await failureOf(resolving(world, "kjnode"));
    assert.deepEqual([unknown.code, unknown.exit], ["NODE_PACK_NOT_FOUND", 4]);
    assert.match(`${unknown.hint}`, /kjnodes/);
    const offline = await failureOf(resolving({ ...world, offline: true }, "far-away"));
    assert.match(`${offline.hint}`, /without --offline/, "the registry may know it");
    assert.match((await failureOf(resolving(world, "kjnodes@2.0.0"))).message, /banned/);
    const chosen = await failureOf(resolving(world, "kjnodes"));
    assert.match(chosen.message, /is banned/);
    assert.doesNotMatch(`${chosen.hint}`, /kjnodes@/, "a version that is refused is no advice");
  }));

Deno.test("the address of a known repository becomes the registry's package, which is told, unless git is wanted", () =>
  withNodeWorld(async (test) => {
    const repository = await makeRepository(test, "u/known.git");
    const commit = await repository.commit({ "__init__.py": "" });
    await repository.git("branch", "dev");
    await repository.git("tag", "1.0.0");
    const known = pack("known", { versions: [version("1.0.0")], repository: repository.url });
    const world = knowing(test, [known]);
    const registry = await resolving(world, repository.url);
    assert.equal(registry.target.source, "registry");
    assert.deepEqual(codes(registry.notices), ["NODE_FROM_REGISTRY"]);
    assert.equal((await resolving(world, `${repository.url}@v1.0.0`)).target.source, "registry");
    const git = await resolving(world, repository.url, { git: true });
    assert.deepEqual(git, {
      target: {
        source: "git",
        id: "known",
        name: "The known",
        registryId: "known",
        url: repository.url,
        commit,
        ref: undefined,
        subdirectory: undefined,
      },
      notices: [],
    });
    const branch = await resolving(world, `${repository.url}@dev`);
    assert.deepEqual(codes(branch.notices), ["NODE_FROM_GIT"]);
    assert.equal(branch.target.source === "git" && branch.target.ref, "dev");
    const byId = await resolving(world, "known", { git: true });
    assert.equal(byId.target.source === "git" && byId.target.commit, commit);
    const without = knowing(test, [{ ...known, versions: [] }]);
    const fallback = await resolving(without, repository.url);
    assert.equal(fallback.target.source, "git");
    assert.deepEqual(codes(fallback.notices), ["NODE_FROM_GIT"]);
  }));

Deno.test("branches with slashes, tags, full and short commits are found; what is not there names what is", () =>
  withNodeWorld(async (test) => {
    const repository = await makeRepository(test, "u/Refs.git");
    const first = await repository.commit({ "nodes/__init__.py": "1" });
    await repository.git("tag", "v1");
    const second = await repository.commit({ "nodes/__init__.py": "2" });
    const third = await repository.commit({ "nodes/__init__.py": "3" });
    await repository.commit({ "nodes/__init__.py": "4" });
    await repository.git("branch", "feature/x", second);
    const world = knowing(test, []);
    const target = async (text: string) => (await resolving(world, text)).target;
    const { url } = repository;
    const base = { source: "git", name: "Refs", id: "refs", url, registryId: undefined };
    const plain = { ...base, subdirectory: undefined };
    assert.deepEqual(await target(`${url}@v1`), { ...plain, commit: first, ref: "v1" });
    assert.deepEqual(await target(`${url}@feature/x`), {
      ...plain,
      commit: second,
      ref: "feature/x",
    });
    assert.deepEqual(await target(`${url}@${first}`), { ...plain, commit: first, ref: undefined });
    assert.deepEqual(
      await target(`${url}@${third.slice(0, 9)}`),
      { ...plain, commit: third, ref: undefined },
    );
    const reference = { kind: "git", url, ref: "feature", subdirectory: "x/nodes" } as const;
    const { target: page } = await resolveReference(world, reference);
    assert.deepEqual(page, {
      ...base,
      id: "nodes",
      name: "nodes",
      commit: second,
      ref: "feature/x",
      subdirectory: "nodes",
    });
    const missing = await failureOf(resolving(world, `${url}@nowhere`));
    assert.deepEqual([missing.code, missing.exit], ["NODE_REF_NOT_FOUND", 4]);
    assert.match(`${missing.hint}`, /v1.*main/);
    const offline = { ...world, offline: true };
    assert.equal((await resolving(offline, `${url}@v1`)).target.source, "git", "from the mirror");
    const far = await failureOf(resolving(offline, "https://git.test/u/never"));
    assert.equal(far.code, "NODE_NOT_STORED");
  }));

Deno.test("a pack that only Manager lists comes from its repository, ComfyUI's own nodes are not added", () =>
  withNodeWorld(async (test) => {
    const repository = await makeRepository(test, "u/listed.git");
    await repository.commit({ "__init__.py": "" });
    const world = knowing(test, [
      pack("manager_u_listed", { source: "manager", repository: repository.url }),
      pack("manager_u_bad", { source: "manager", repository: "ext::sh -c evil" }),
      pack("comfy-core", { source: "core" }),
    ]);
    const { target, notices } = await resolving(world, "manager_u_listed");
    assert.deepEqual([target.source, target.id], ["git", "manager_u_listed"]);
    assert.deepEqual(codes(notices), ["NODE_FROM_GIT"]);
    for (const id of ["manager_u_bad", "comfy-core"]) {
      assert.equal((await failureOf(resolving(world, id))).code, "NODE_REFERENCE_INVALID");
    }
  }));

Deno.test("a directory is named by its project, and one that stays in place brings its git facts", () =>
  withNodeWorld(async (test) => {
    const repository = await makeRepository(test, "u/mine.git");
    const project = '[project]\nname = "My.Pack Two"\n';
    const commit = await repository.commit({ "pyproject.toml": project, "__init__.py": "" });
    await repository.git("remote", "add", "origin", repository.url);
    const world = knowing(test, []);
    const shared = { id: "my.pack-two", name: "My.Pack Two", path: repository.path };
    const local = await resolving(world, repository.path);
    assert.deepEqual(local.target, { source: "local", ...shared });
    assert.deepEqual(codes(local.notices), ["NODE_COPIED"]);
    const dev = await resolving(world, "./repositories/u/mine.git", { dev: true });
    assert.deepEqual(dev, {
      target: { source: "development", ...shared, repository: repository.url, commit },
      notices: [],
    });
    await writeFiles(test.root, { "home/pack/__init__.py": "", "file.py": "" });
    assert.equal((await resolving(world, "~/pack")).target.id, "pack");
    const failure = await failureOf(resolving(world, "./file.py"));
    assert.equal(failure.code, "NODE_REFERENCE_INVALID");
    assert.equal((await failureOf(resolving(world, "./nowhere"))).code, "FILE_NOT_FOUND");
  }));

Deno.test("a directory that is no pack is refused at once, however much is in it", () =>
  withNodeWorld(async (test) => {
    const world = knowing(test, []);
    await writeFiles(test.root, { "packs/a/__init__.py": "", "packs/b/inner/__init__.py": "" });
    for (const dev of [false, true]) {
      const above = await failureOf(resolving(world, "./packs", { dev }));
      assert.equal(above.code, "NODE_REFERENCE_INVALID");
      assert.match(above.message, /no __init__\.py/);
      assert.match(`${above.hint}`, /such as .*packs.a$/);
      assert.match(
        (await failureOf(resolving(world, "./packs/b", { dev }))).hint!,
        /packs.b.inner$/,
      );
    }
    await writeFiles(test.root, { "__init__.py": "", "ws/__init__.py": "" });
    for (const path of [test.root, test.workspace.root, "/"]) {
      const started = performance.now();
      const all = await failureOf(resolving(world, path));
      assert.match(all.message, /the workspace .* lies in it/, path);
      // To look through all of a disk takes minutes.
      assert.ok(performance.now() - started < 10_000);
    }
  }));
