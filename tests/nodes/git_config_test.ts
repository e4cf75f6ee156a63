import assert from "node:assert/strict";
import fc from "fast-check";
import { join } from "node:path";
import { parseGitConfig } from "../../src/nodes/git_config.ts";
import { command, createRunner } from "../../src/tools/mod.ts";

const TEXT = `; a comment
[core]
	bare = false # behind
	editor = "vim \\"x\\"" -f
	flag
[remote "origin"]
	url = https://host.test/u/r ; comment
	Fetch = +refs/heads/*:refs/remotes/origin/*
[submodule "a \\"b\\" \\\\ c"]
	path = "with ; and # inside"
	long = one \\
two
[Section.Sub] key = on the line
not a setting =
`;

/** What git itself reads from a text: names and values. */
async function readByGit(text: string): Promise<string | undefined> {
  const directory = await Deno.makeTempDir();
  try {
    const file = join(directory, "config");
    await Deno.writeTextFile(file, text);
    const runner = createRunner({ env: Deno.env.toObject() });
    const args = ["config", "--file", file, "--list", "-z"];
    const { code, stdout } = await runner.run(command({ program: "git", args }), {
      accept: [1, 128],
    });
    return code === 0 ? stdout : undefined;
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}

function listed(text: string): string {
  return parseGitConfig(text).map(({ section, subsection, name, value }) => {
    const key = [section, ...(subsection === undefined ? [] : [subsection]), name].join(".");
    return `${key}\n${value}\0`;
  }).join("");
}

Deno.test("a configuration file is read as git reads it", async () => {
  const text = TEXT.replace("\tflag\n", "").replace("not a setting =\n", "");
  assert.equal(listed(text), await readByGit(text));
  assert.ok(parseGitConfig(TEXT).some(({ name, value }) => name === "flag" && value === "true"));
});

Deno.test("values of every kind are read as git reads them", async () => {
  const value = fc.array(fc.constantFrom('"', "\\\\", '\\"', "#", ";", " ", "a", "\\n", "=", "["), {
    maxLength: 10,
  }).map((parts) => parts.join(""));
  await fc.assert(
    fc.asyncProperty(fc.array(value, { minLength: 20, maxLength: 20 }), async (values) => {
      for (const each of values) {
        // What git refuses as a whole (an open quote) is not compared.
        const even = each.replace(/\\./g, "").split('"').length % 2 === 1;
        if (!even) continue;
        const text = `[a]\n\tb = ${each}\n`;
        const byGit = await readByGit(text);
        if (byGit !== undefined) assert.equal(listed(text), byGit, text);
      }
    }),
    { numRuns: 1 },
  );
});
