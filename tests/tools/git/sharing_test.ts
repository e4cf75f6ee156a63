import assert from "node:assert/strict";
import { parseGitBranches } from "../../../src/tools/git/branch_commands.ts";
import { gitPushCommand, parseGitConfig } from "../../../src/tools/git/remote_commands.ts";
import { explainGitError } from "../../../src/tools/mod.ts";

Deno.test("own branches and those of remotes are told apart, and a remote's default branch is none", () => {
  const output = [
    "refs/heads/main\0aa\0refs/remotes/origin/main",
    "refs/heads/try/x\0bb\0",
    "refs/remotes/origin/HEAD\0aa\0",
    "refs/remotes/origin/try/x\0cc\0",
    "",
  ].join("\n");
  assert.deepEqual(parseGitBranches(output), [
    { name: "main", commit: "aa", upstream: "refs/remotes/origin/main" },
    { name: "try/x", commit: "bb" },
    { name: "try/x", remote: "origin", commit: "cc" },
  ]);
});

Deno.test("settings keep lines and signs in their values", () => {
  assert.deepEqual(parseGitConfig("remote.a.url\nx=y\nz\0core.bare\nfalse\0"), [
    ["remote.a.url", "x=y\nz"],
    ["core.bare", "false"],
  ]);
});

Deno.test("a push is never forced without a lease", () => {
  const argsOf = (lease?: string) =>
    gitPushCommand("cec", { remote: "origin", branch: "main", lease }).args.join(" ");
  assert.doesNotMatch(argsOf(), /force/);
  assert.match(argsOf("aa"), /--force-with-lease=refs\/heads\/main:aa/);
  assert.match(argsOf(""), /--force-with-lease=refs\/heads\/main: /);
  assert.doesNotMatch(argsOf("aa"), /--force |\+refs/);
});

const rejections: Readonly<Record<string, RegExp>> = {
  "fetch first": /commits there that are not here/,
  "non-fast-forward": /commits there that are not here/,
  "stale info": /moved there since/,
  "pre-receive hook declined": /pre-receive hook declined/,
};

for (const [why, message] of Object.entries(rejections)) {
  Deno.test(`a push that is rejected because of "${why}" says what to do`, () => {
    const explained = explainGitError(
      `To /srv/x.git\n ! [rejected]        main -> main (${why})\nerror: failed to push some refs`,
    );
    assert.equal(explained?.kind.code, "GIT_PUSH_REJECTED");
    assert.match(explained?.message ?? "", message);
  });
}
