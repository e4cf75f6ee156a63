import { deepEqual, equal, match } from "node:assert/strict";
import { join } from "node:path";
import { projectRoot } from "../../../tasks/run_deno.ts";
import { runInProcess } from "../../support/run_in_process.ts";
import { assertPublishedShape } from "../../support/schemas.ts";
import { addIndexEntry, templateRepository } from "../../support/template_repository.ts";
import { sampleEntry } from "../../support/templates/sample_files.ts";

interface Installed {
  readonly hook: string;
  readonly hook_written: boolean;
  readonly written: readonly string[];
  readonly kept: readonly string[];
}

const PATH = { PATH: Deno.env.get("PATH") ?? "" };

Deno.test("hook install writes an executable hook once, and leaves one of someone else's alone", async () => {
  await using fixture = await templateRepository("seed");
  const argv = ["templates", "hook", "install", "-C", fixture.root, "--json"];
  const hook = join(fixture.root, ".git", "hooks", "pre-commit");
  const dry = await runInProcess([...argv, "--dry-run"], { env: PATH });
  equal((dry.json?.data as Installed).hook_written, true);
  const first = await runInProcess(argv, { env: PATH });
  equal(first.code, 0, first.stderr);
  await assertPublishedShape(first.json);
  equal((first.json?.data as Installed).hook_written, true);
  match(await Deno.readTextFile(hook), /^#!\/bin\/sh\n[^]*exec comfydock templates hook run\n$/);
  if (Deno.build.os !== "windows") equal((await Deno.stat(hook)).mode! & 0o111, 0o111);
  const again = await runInProcess(argv, { env: PATH });
  equal((again.json?.data as Installed).hook_written, false);
  await Deno.writeTextFile(hook, "#!/bin/sh\necho mine\n");
  const refused = await runInProcess(argv, { env: PATH });
  equal(refused.code, 5);
  equal(await Deno.readTextFile(hook), "#!/bin/sh\necho mine\n");
});

Deno.test("hook install --workflows writes files, keeps those that differ, and replaces only what git holds", async () => {
  await using fixture = await templateRepository("seed");
  await fixture.write("SECURITY.md", "mine\n");
  const argv = ["templates", "hook", "install", "--workflows", "-C", fixture.root, "--json"];
  const { code, json, stderr } = await runInProcess(argv, { env: PATH });
  equal(code, 0, stderr);
  await assertPublishedShape(json);
  const { written, kept } = json?.data as Installed;
  deepEqual(kept, ["SECURITY.md"]);
  equal(written.filter((path) => path.startsWith(".github/workflows/templates-")).length, 7);
  match(stderr, /SECURITY\.md is another one already/);
  const refused = await runInProcess([...argv, "--replace"], { env: PATH });
  equal(refused.code, 5, refused.stdout);
  equal(await fixture.read("SECURITY.md"), "mine\n");
  await fixture.commit("chore: files");
  const replaced = await runInProcess([...argv, "--replace"], { env: PATH });
  deepEqual((replaced.json?.data as Installed).written, ["SECURITY.md"]);
});

Deno.test("the hook looks at what is staged, not at the working copy, and only at templates that it touches", async () => {
  await using fixture = await templateRepository("seed");
  const run = async (env: Readonly<Record<string, string>> = {}) => {
    const argv = ["templates", "hook", "run", "-C", fixture.root, "--json"];
    const { code, json, stderr } = await runInProcess(argv, { env: { ...PATH, ...env } });
    await assertPublishedShape(json);
    return {
      code,
      stderr,
      data: json?.data as { staged: string[]; findings: { message: string }[] },
    };
  };
  // A fault that stands in HEAD already is none of the next commit.
  await fixture.change<{ templates: unknown[] }[]>(
    "templates/index.json",
    ([first]) => void first!.templates.push(sampleEntry("old_fault")),
  );
  await fixture.commit("feat: broken before");
  equal((await run()).data.staged.length, 0);
  await fixture.write("README.md", "# Other\n");
  await fixture.git("add", "README.md");
  deepEqual((await run()).data, { staged: [], errors: 0, warnings: 0, findings: [] } as never);
  await fixture.write("templates/img_a-1.webp", "not a picture");
  equal((await run()).code, 0);
  await fixture.git("add", "templates/img_a-1.webp");
  const bad = await run();
  equal(bad.code, 1);
  equal(bad.data.findings.some(({ message }) => message.includes("old_fault")), false);
  // The index that `git commit FILE` makes for the hook is the one that counts.
  await fixture.git("reset", "--quiet");
  const index = join(fixture.root, ".git", "other-index");
  await Deno.copyFile(join(fixture.root, ".git", "index"), index);
  equal((await run({ GIT_INDEX_FILE: index })).code, 0);
  await addIndexEntry(fixture, sampleEntry("img_new"));
  await fixture.git("add", "templates/index.json");
  const named = await run();
  equal(named.code, 1);
  match(named.data.findings.map(({ message }) => message).join("\n"), /img_new/);
});

Deno.test("what is staged counts where the working copy has something else, lacks it, or has more", async () => {
  await using fixture = await templateRepository("seed");
  const codes = async () => {
    const argv = ["templates", "hook", "run", "-C", fixture.root, "--json"];
    const { json } = await runInProcess(argv, { env: PATH });
    return (json?.data as { findings: { code: string; file: string }[] }).findings
      .map(({ code, file }) => `${code} ${file}`).filter((one) => /CONTENT|THUMBNAIL/.test(one));
  };
  const picture = await Deno.readFile(join(fixture.root, "templates/img_a-1.webp"));
  const broken = ["E_CONTENT_TYPE templates/img_a-1.webp"];
  await fixture.write("templates/img_a-1.webp", "not a picture");
  await fixture.git("add", ".");
  await fixture.write("templates/img_a-1.webp", picture);
  deepEqual(await codes(), broken, "repaired, and not staged");
  await fixture.remove("templates/img_a-1.webp");
  deepEqual(await codes(), broken, "removed, and not staged");
  await fixture.write("templates/img_a-1.webp", Uint8Array.of(...picture, 0));
  await fixture.git("add", ".");
  await fixture.write("templates/img_a-1.webp", "not a picture");
  await fixture.write("templates/img_a-3.webp", picture);
  deepEqual(await codes(), [], "broken, and a gap, and not staged");
  await fixture.git("rm", "--quiet", "--force", "--cached", "templates/img_a-1.webp");
  deepEqual(
    await codes(),
    ["E_NO_THUMBNAIL templates/index.json"],
    "still there, and staged as gone",
  );
});

Deno.test("without git there is no hook to install", async () => {
  await using fixture = await templateRepository("seed", { git: false });
  const { code } = await runInProcess(
    ["templates", "hook", "install", "-C", fixture.root],
    { env: PATH },
  );
  equal(code, 3);
});

Deno.test({
  name: "git itself runs the hook: a commit with a fault is refused, one without goes through",
  ignore: Deno.build.os === "windows",
  async fn() {
    await using fixture = await templateRepository("seed");
    const programs = await Deno.makeTempDir();
    const program = join(programs, "comfydock");
    await Deno.writeTextFile(
      program,
      `#!/bin/sh\nexec "${Deno.execPath()}" run -A --no-check "${
        join(projectRoot, "main.ts")
      }" "$@"\n`,
    );
    await Deno.chmod(program, 0o755);
    await runInProcess(["templates", "hook", "install", "-C", fixture.root], { env: PATH });
    const commit = async (...paths: readonly string[]) => {
      const { success, stderr, stdout } = await new Deno.Command("git", {
        args: [
          "-c",
          "user.name=a",
          "-c",
          "user.email=a@localhost",
          "commit",
          "-m",
          "fix: x",
          ...paths,
        ],
        cwd: fixture.root,
        env: { PATH: `${programs}:${PATH.PATH}` },
      }).output();
      return { success, text: new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr) };
    };
    try {
      await fixture.write("templates/img_a-1.webp", "not a picture");
      await fixture.write("README.md", "# Other\n");
      // Only the page is committed; the broken picture beside it is none of this commit's.
      const page = await commit("README.md");
      equal(page.success, true, page.text);
      const refused = await commit("--all");
      equal(refused.success, false);
      match(refused.text, /error E_[A-Z_]+ templates\/img_a-1\.webp/);
    } finally {
      await Deno.remove(programs, { recursive: true });
    }
  },
});
