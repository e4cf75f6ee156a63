import assert from "node:assert/strict";
import { pathToFileURL } from "node:url";
import { basename, join } from "node:path";
import { checkoutComfyUI, obtainComfyUI } from "../../src/comfyui/mod.ts";
import { failureOf, withComfyUI } from "../support/comfyui_world.ts";

const V1 = "1b3fb41";
const V2 = "2ac6dbb";
const PREVIEW = "9fbe759";

const specs: readonly { wanted: string; kind: string; name?: string; commit: string }[] = [
  { wanted: "latest", kind: "release", name: "v0.2.0", commit: V2 },
  { wanted: "v0.1.0", kind: "release", name: "v0.1.0", commit: V1 },
  { wanted: "0.1.0", kind: "release", name: "v0.1.0", commit: V1 },
  { wanted: "v0.3.0-rc.1", kind: "release", name: "v0.3.0-rc.1", commit: PREVIEW },
  { wanted: "preview", kind: "branch", name: "preview", commit: PREVIEW },
  { wanted: V1, kind: "commit", commit: V1 },
  { wanted: V1.toUpperCase(), kind: "commit", commit: V1 },
  { wanted: "FULL", kind: "commit", commit: V1 },
];

Deno.test("each way to name a version leads to its commit, asked of the source or of the mirror", () =>
  withComfyUI(async ({ root, world, source, gitThere }) => {
    await gitThere("tag", "v0.3.0-rc.1", "preview");
    const full = await gitThere("rev-parse", "v0.1.0^{commit}");
    for (const { wanted, kind, name, commit } of specs) {
      const spec = wanted === "FULL" ? full : wanted;
      const empty = world({ mirrors: join(root, `mirrors-${wanted}`) });
      for (
        const found of [
          await obtainComfyUI(empty, source, spec),
          await obtainComfyUI(empty, source, spec),
        ]
      ) {
        assert.equal(found.kind, kind, wanted);
        assert.ok(found.commit.startsWith(commit) && found.commit.length === 40, wanted);
        assert.equal(found.name, name ?? found.commit, wanted);
      }
    }
  }));

Deno.test("releases and commits that the mirror has need no source, neither does a checkout", () =>
  withComfyUI(async ({ root, world, source, repository, events, fetches }) => {
    await obtainComfyUI(world(), source, "latest");
    assert.equal(fetches(), 1);
    await Deno.rename(repository, `${repository}-gone`);
    for (const wanted of ["v0.1.0", V1, PREVIEW]) {
      const { commit } = await obtainComfyUI(world(), source, wanted);
      await checkoutComfyUI(world(), source, commit, join(root, `copy-${wanted}`));
    }
    assert.equal(fetches(), 1);
    const online = await failureOf(obtainComfyUI(world(), source, "latest"));
    assert.equal(online.code, "GIT_REPOSITORY_NOT_FOUND");
    assert.deepEqual(events.filter(({ kind }) => kind === "warned"), []);
  }));

Deno.test("offline, latest and branches are what the mirror has, with a warning", () =>
  withComfyUI(async ({ world, source, events, gitThere }) => {
    await obtainComfyUI(world(), source, "latest");
    await gitThere("commit", "--quiet", "--allow-empty", "--message", "Later");
    await gitThere("tag", "v0.4.0");
    const offline = world({ offline: true });
    const distant = { ...source, url: pathToFileURL(source.url).href };
    assert.equal((await obtainComfyUI(offline, distant, "latest")).name, "v0.2.0");
    assert.ok((await obtainComfyUI(offline, distant, "main")).commit.startsWith(V2));
    const warnings = events.flatMap((event) => event.kind === "warned" ? event.message : []);
    assert.match(warnings[0] ?? "", /latest ComfyUI is as of the last fetch, v0\.2\.0 at 2ac6dbb/);
    assert.match(warnings[1] ?? "", /branch main/);
    const missing = await failureOf(obtainComfyUI(offline, distant, "v0.4.0"));
    assert.equal(missing.code, "COMFYUI_NOT_MIRRORED");
    assert.equal(missing.exit, 6);
    assert.match(missing.hint ?? "", /without --offline.*v0\.2\.0/);
  }));

Deno.test("offline without a mirror, the error says what to run", () =>
  withComfyUI(async ({ world, source }) => {
    const offline = world({ offline: true });
    const distant = { ...source, url: pathToFileURL(source.url).href };
    const error = await failureOf(obtainComfyUI(offline, distant, "latest"));
    assert.equal(error.code, "COMFYUI_NOT_MIRRORED");
    assert.match(error.hint ?? "", /without --offline/);
  }));

Deno.test("a repository on this machine is asked offline, too; one that is gone leaves the mirror's word", () =>
  withComfyUI(async ({ world, source, repository, gitThere }) => {
    const offline = world({ offline: true });
    assert.equal((await obtainComfyUI(offline, source, "latest")).name, "v0.2.0");
    await gitThere("commit", "--quiet", "--allow-empty", "--message", "Later");
    await gitThere("tag", "v0.4.0");
    assert.equal((await obtainComfyUI(offline, source, "latest")).name, "v0.4.0");
    await Deno.rename(repository, `${repository}-gone`);
    assert.equal((await obtainComfyUI(offline, source, "latest")).name, "v0.4.0");
  }));

Deno.test("the mirror is fetched only when it lacks the commit", () =>
  withComfyUI(async ({ world, source, gitThere, fetches }) => {
    for (const wanted of ["latest", "main", "preview", "latest"]) {
      await obtainComfyUI(world(), source, wanted);
    }
    assert.equal(fetches(), 1);
    await gitThere("commit", "--quiet", "--allow-empty", "--message", "Later");
    const tip = await gitThere("rev-parse", "HEAD");
    assert.equal((await obtainComfyUI(world(), source, "main")).commit, tip);
    assert.equal((await obtainComfyUI(world(), source, tip.slice(0, 10))).commit, tip);
    assert.equal(fetches(), 2);
    await gitThere("tag", "--annotate", "--message", "x", "v0.10.0");
    assert.deepEqual(await obtainComfyUI(world(), source, "latest"), {
      kind: "release",
      name: "v0.10.0",
      commit: tip,
    });
  }));

Deno.test("a commit that no branch or tag reaches is had by its full id, and stays", () =>
  withComfyUI(async ({ root, world, source, gitThere }) => {
    await gitThere("config", "uploadpack.allowAnySHA1InWant", "true");
    const commit = await gitThere("commit-tree", "-m", "Loose", "main^{tree}");
    assert.equal((await obtainComfyUI(world(), source, commit)).commit, commit);
    await gitThere("commit", "--quiet", "--allow-empty", "--message", "Later");
    await obtainComfyUI(world(), source, "main");
    const short = await obtainComfyUI(world({ offline: true }), source, commit.slice(0, 12));
    await checkoutComfyUI(world(), source, short.commit, join(root, "copy"));
  }));

Deno.test("a version that does not exist is refused with the names most like it", () =>
  withComfyUI(async ({ world, source, root }) => {
    const cases = [
      { wanted: "v0.2.1", nearest: "v0.2.0" },
      { wanted: "mian", nearest: "main" },
      { wanted: "Preview2", nearest: "preview" },
      { wanted: "nonsense", nearest: "v0.2.0" },
      { wanted: "ffffffff", nearest: "v0.2.0" },
      { wanted: "f".repeat(40), nearest: "v0.2.0" },
      { wanted: "--upload-pack=x", nearest: "v0.2.0" },
      { wanted: "main~1", nearest: "main" },
    ];
    for (const { wanted, nearest } of cases) {
      const error = await failureOf(obtainComfyUI(world(), source, wanted));
      assert.equal(error.code, "COMFYUI_VERSION_NOT_FOUND", wanted);
      assert.equal(error.exit, 4);
      assert.ok(error.message.includes(`"${wanted}"`));
      assert.ok(error.hint?.includes(nearest), `${wanted}: ${error.hint}`);
    }
    const left = await Array.fromAsync(Deno.readDir(join(root, "mirrors")));
    assert.deepEqual(left.map(({ name }) => name), [source.mirror]);
  }));

Deno.test("without any release, latest is the branch that the source begins with, offline too", () =>
  withComfyUI(async ({ world, source, gitThere }) => {
    await gitThere("tag", "--delete", "v0.1.0", "v0.2.0");
    await gitThere("branch", "--move", "main", "trunk");
    const wanted = { kind: "branch", name: "trunk", commit: await gitThere("rev-parse", "trunk") };
    assert.deepEqual(await obtainComfyUI(world(), source, "latest"), wanted);
    assert.deepEqual(await obtainComfyUI(world({ offline: true }), source, "latest"), wanted);
  }));

Deno.test("an address that the user's git replaces is served from there", () =>
  withComfyUI(async ({ root, world, source, repository }) => {
    const url = "https://github.invalid/org/ComfyUI.git";
    const config = `[url "${repository.replaceAll("\\", "/")}"]\n\tinsteadOf = ${url}\n`;
    await Deno.writeTextFile(join(root, "home", ".gitconfig"), config);
    const replaced = { ...source, url, publicUrl: url };
    assert.equal((await obtainComfyUI(world(), replaced, "latest")).name, "v0.2.0");
    assert.equal(basename(repository), "ComfyUI");
  }));
