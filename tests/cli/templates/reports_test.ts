import { deepEqual, equal, match, ok } from "node:assert/strict";
import { join } from "node:path";
import { runCli } from "../../../src/cli/mod.ts";
import { commands } from "../../../src/cli/commands.ts";
import { runInProcess, testHost } from "../../support/run_in_process.ts";
import { assertPublishedShape } from "../../support/schemas.ts";
import { templateRepository } from "../../support/template_repository.ts";
import { treeOf } from "../../support/templates/tree.ts";

const PATH = { PATH: Deno.env.get("PATH") ?? "" };

Deno.test("report, docs, split-index and cdn manifest write what they say, nothing on a dry run, and the same again", async () => {
  await using fixture = await templateRepository("today", { git: false });
  const at = (name: string) => join(fixture.root, name);
  await fixture.write(
    "links.json",
    JSON.stringify({
      data: {
        links: [
          {
            url: "https://models.invalid/resolve/main/vid_b.safetensors",
            state: "dead",
            reason: "404",
          },
        ],
      },
    }),
  );
  await fixture.write(
    "recent.json",
    JSON.stringify({
      package: "demo-core",
      data: { last_day: 1, last_week: 2, last_month: 3 },
    }),
  );
  const lines = [
    [
      "report",
      "--html",
      at("out/report.html"),
      "--links",
      at("links.json"),
      "--downloads",
      at("recent.json"),
    ],
    ["report", "--html", at("out/alone.html"), "--embed"],
    ["docs"],
    ["split-index", "--out", at("out/index")],
    ["cdn", "manifest", "--out", at("out/cdn.json"), "--base-url", "https://cdn.example/t/"],
  ];
  for (const words of lines) {
    const argv = ["templates", ...words, "-C", fixture.root, "--no-cache", "--json"];
    const before = await treeOf(fixture);
    const dry = await runInProcess([...argv, "--dry-run"]);
    equal(dry.code, 0, dry.stderr);
    await assertPublishedShape(dry.json);
    deepEqual(await treeOf(fixture), before, words[0]);
    const { json } = await runInProcess(argv);
    await assertPublishedShape(json);
    const after = await treeOf(fixture);
    ok(Object.keys(after).length > Object.keys(before).length, words[0]);
    await runInProcess(argv);
    deepEqual(await treeOf(fixture), after, words[0]);
  }
  const page = await fixture.read("out/report.html");
  match(page, /"\.\.\/templates\/vid_b-1\.webp"/);
  match(page, /models\.invalid\/resolve\/main\/vid_b\.safetensors[^]*404/);
  match(page, /3 a month/);
  const alone = await fixture.read("out/alone.html");
  match(alone, /"data:image\/webp;base64,/);
  ok(!alone.includes("../templates/"));
  const cdn = JSON.parse(await fixture.read("out/cdn.json"));
  equal(cdn.files[0].url, `https://cdn.example/t/${cdn.files[0].path}`);
  for (const base of ["javascript:alert(1)", "cdn.example"]) {
    const words = ["templates", "cdn", "manifest", "--base-url", base, "-C", fixture.root];
    equal((await runInProcess(words)).code, 2);
  }
});

Deno.test("docs leaves pages alone that somebody else wrote", async () => {
  await using fixture = await templateRepository("today", { git: false });
  await fixture.write("docs/templates/vid_b.md", "# Mine\n");
  const { json, stderr } = await runInProcess(["templates", "docs", "-C", fixture.root, "--json"]);
  deepEqual((json?.data as { kept: string[] }).kept, ["vid_b.md"]);
  match(stderr, /vid_b\.md was not written by this command/);
  equal(await fixture.read("docs/templates/vid_b.md"), "# Mine\n");
});

Deno.test("serve shows the gallery until it is interrupted, and says where", async () => {
  await using fixture = await templateRepository("today", { git: false });
  const host = testHost({ env: PATH });
  const argv = ["templates", "serve", "--port", "0", "-C", fixture.root, "--no-cache"];
  let over = false;
  const ended = runCli(argv, host, commands).finally(() => over = true);
  let url: string | undefined;
  while (url === undefined) {
    url = /http:\/\/127\.0\.0\.1:\d+\//.exec(host.written.stdout)?.[0];
    ok(!over, host.written.stderr);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  match(await (await fetch(url)).text(), /Preview of demo-templates/);
  const port = new URL(url).port;
  const second = await runInProcess(["templates", "serve", "--port", port, "-C", fixture.root]);
  equal(second.code, 1);
  match(second.stderr, /another program listens there/);
  host.interrupt();
  equal(await ended, 130);
});

Deno.test("point 7: edits, checks, reports and packages of a repository ask nothing of the network", async () => {
  await using fixture = await templateRepository("seed");
  const original = globalThis.fetch;
  globalThis.fetch = () => Promise.reject(new Error("The network was asked"));
  try {
    const lines = [
      ...[["check"], ["sync"], ["stats"], ["links"], ["size"], ["report"], ["versions"]],
      ...[["packages", "list"], ["packages", "changed"], ["packages", "pin", "--check"]],
      ...[["rename", "img_a", "img_b"], ["docs"], ["packages", "build", "media_image"]],
    ];
    for (const words of lines) {
      const argv = ["templates", ...words, "-C", fixture.root, "--offline", "--json"];
      const { code, json, stderr } = await runInProcess(argv, { env: PATH });
      ok(json?.ok || code === 1, `${words.join(" ")}: ${stderr}`);
      ok(!stderr.includes("network"), stderr);
    }
  } finally {
    globalThis.fetch = original;
  }
});

Deno.test("doctor names what is missing and what helps, and is content where all is there", async () => {
  await using fixture = await templateRepository("seed");
  const argv = ["templates", "doctor", "-C", fixture.root, "--no-cache", "--json"];
  const { json } = await runInProcess(argv, { env: PATH });
  await assertPublishedShape(json);
  const checks = (json?.data as { checks: { name: string; state: string; hint: string | null }[] })
    .checks;
  const state = (name: string) => checks.find((one) => one.name === name)?.state;
  deepEqual([state("git"), state("history"), state("hook")], ["ok", "ok", "warning"]);
  equal(checks.find(({ name }) => name === "hook")?.hint, "Run `comfydock templates hook install`");
  await runInProcess(["templates", "hook", "install", "-C", fixture.root], { env: PATH });
  const after = await runInProcess(argv.slice(0, -1), { env: PATH });
  match(after.stdout, /^ok +hook +Commits are checked$/m);
  await fixture.remove("templates/img_a.json");
  const broken = await runInProcess(argv, { env: PATH });
  equal(broken.code, 1);
  await using bare = await templateRepository("seed", { git: false });
  const alone = await runInProcess(["templates", "doctor", "-C", bare.root], { env: PATH });
  match(alone.stdout, /^error +git +The repository is not under git/m);
});

Deno.test("the guide has its pages", async () => {
  for (const topic of ["add", "release", "pins", "troubleshooting"]) {
    const { code, json } = await runInProcess(["templates", "guide", topic, "--json"]);
    equal(code, 0);
    await assertPublishedShape(json);
  }
  match((await runInProcess(["templates", "guide"])).stdout, /^# Add a template\n/);
});
