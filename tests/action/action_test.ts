import assert from "node:assert/strict";
import { basename, join } from "node:path";
import { VERSION } from "../../src/base/mod.ts";
import { programName } from "../../src/distribution/mod.ts";
import { withTempDir } from "../support/alone.ts";
import { builtBinary } from "../support/built_binary.ts";
import { type ActionRun, runAction } from "../support/composite_action.ts";
import { type ReleaseServer, serveRelease } from "../support/release_server.ts";

const SECRET = "a-value-that-nobody-may-see";
const program = programName(Deno.build.target);

interface Job {
  readonly directory: string;
  readonly server: ReleaseServer;
  use(inputs: Readonly<Record<string, string>>): Promise<ActionRun>;
}

/** A job on a runner that fetches from a server on this machine. */
async function withJob(
  bytes: Uint8Array<ArrayBuffer>,
  work: (job: Job) => Promise<void>,
): Promise<void> {
  await withTempDir(async (temporary) => {
    const directory = await Deno.realPath(temporary);
    await using server = serveRelease(bytes);
    // The server has no folders for owners: what stands between is taken for a step back.
    const github = { server_url: server.url, action_repository: "someone/..", repository: "other" };
    const job = { directory, github, env: { SERVICE_TOKEN: SECRET } };
    await work({ directory, server, use: (inputs) => runAction(inputs, job) });
  });
}

Deno.test("the action installs the release that it belongs to, runs commands, and tells what they told", async (t) => {
  const bytes = await Deno.readFile(await builtBinary());
  await withJob(bytes, async ({ directory, server, use }) => {
    await t.step("it asks its own repository, and all commands run", async () => {
      const { code, log, outputs, path, used, summary } = await use({
        command: "# what is it?\nversion\r\n\n  comfydock registry lookup 'KSampler'\n",
      });
      assert.equal(code, 0, log);
      assert.deepEqual(server.asked(), ["SHA256SUMS", program]);
      assert.deepEqual([outputs.version, outputs.ok, outputs["exit-code"]], [VERSION, "true", "0"]);
      assert.deepEqual(path, [join(directory, "temp", "comfydock")]);
      assert.equal(used[0]!.with.path, path[0]);
      assert.match(used[0]!.with.key!, new RegExp(`^comfydock-\\w+-\\w+-${VERSION}$`));
      const { command, ok } = JSON.parse(await Deno.readTextFile(outputs.result!));
      assert.deepEqual([command, ok], ["registry lookup", true]);
      assert.match(summary, /^### :white_check_mark: `comfydock version`$/m);
      assert.match(summary, /^### :white_check_mark: `comfydock registry lookup`$/m);
      assert.match(log, /^::group::comfydock registry lookup 'KSampler'$/m);
    });

    await t.step("what a cache brought back is checked and stays; a failure ends it", async () => {
      await Deno.writeTextFile(join(directory, "mappings.json"), "{}");
      const { code, log, outputs, summary } = await use({
        command: "registry validate --mappings mappings.json\nregistry stats",
      });
      assert.deepEqual(server.asked(), ["SHA256SUMS"]);
      assert.equal(code, 1, log);
      assert.deepEqual([outputs.ok, outputs["exit-code"]], ["false", "1"]);
      assert.match(summary, /^### :x: `comfydock registry validate`$/m);
      assert.doesNotMatch(summary + log, /registry stats/);
      assert.match(log, /^error [A-Z_]+ mappings\.json .+$/m);
      assert.match(log, /^error: `comfydock registry validate` found errors$/m);
      const added = log.match(/^::add-matcher::.*$/gm);
      assert.equal(basename(added!.join("\n")), "problem_matchers.json");
      assert.equal(log.match(/^::remove-matcher owner=[\w-]+::$/gm)?.length, 3);
    });

    await t.step("secrets of the job and markup in names reach no summary", async () => {
      const { code, summary, outputs } = await use({
        command: `registry lookup "</details> ${SECRET} \`\`\` ::error::x"`,
        annotations: "false",
        from: server.url,
      });
      assert.deepEqual([code, outputs["exit-code"]], [4, "4"]);
      assert.doesNotMatch(summary, new RegExp(SECRET));
      const [, mark, body] = /^(`{4,})text\n([\s\S]*?)\n\1$/m.exec(summary) ?? [];
      assert(mark, summary);
      assert.match(body!, /<\/details> \*\*\* ``` ::error::x/);
    });

    await t.step("nothing in a command is expanded, and a quote must be closed", async () => {
      const { code, log, outputs, used, summary } = await use({
        command: 'version $(touch seen) `touch seen`; touch seen\nversion "',
        version: "latest",
        summary: "false",
      });
      assert.deepEqual([code, outputs["exit-code"], used.length, summary], [2, "2", 0, ""]);
      assert.match(log, /touch/);
      const open = await use({ command: 'version "' });
      assert.deepEqual([open.code, open.outputs["exit-code"]], [2, "2"]);
      assert.match(open.log, /^error: .*quote/m);
      const names = [...Deno.readDirSync(directory)].map(({ name }) => name);
      assert.equal(names.includes("seen"), false);
    });
  });
});

Deno.test("the action runs nothing that is not what the release lists", async () => {
  await withJob(new TextEncoder().encode("program"), async ({ server, use }) => {
    server.program = new TextEncoder().encode("another");
    const tampered = await use({ command: "version" });
    assert.notEqual(tampered.code, 0);
    assert.match(tampered.log, /digest/);
    assert.deepEqual([tampered.summary, tampered.outputs.program], ["", ""]);
    assert.notEqual((await use({ version: "0.0.1", cache: "false" })).code, 0);
  });
});

Deno.test("the action refuses versions and addresses that are none", async () => {
  await withJob(new Uint8Array(), async ({ server, use }) => {
    for (const version of ["1.0.0; true", "$(true)", "../1"]) {
      assert.equal((await use({ version })).code, 2, version);
    }
    assert.equal((await use({ from: `${server.url}\nversion=1` })).code, 2);
    assert.deepEqual(server.asked(), []);
  });
});
