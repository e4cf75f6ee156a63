import assert from "node:assert/strict";
import { join } from "node:path";
import { openIndexAccess } from "../../../../src/bundles/wheels/access/mod.ts";
import { findNetrc, parseNetrc } from "../../../../src/bundles/wheels/access/netrc.ts";
import type { EnvironmentWorld } from "../../../../src/environment/mod.ts";
import { createRunner, createUv } from "../../../../src/tools/mod.ts";
import { uvProgram } from "../../../support/uv_program.ts";

const NETRC = `# machine wrong.test login a password b
machine one.test
  login me password "two words"
macdef init
machine one.test login never password never

machine two.test password only login you
default login any password else
machine late.test login x
`;

for (
  const [host, expected] of [
    ["one.test", "me:two words"],
    ["two.test", "you:only"],
    ["wrong.test", "any:else"],
    ["late.test", "any:else"],
  ] as const
) {
  Deno.test(`a .netrc says ${expected} for ${host}`, () => {
    const { login, password } = findNetrc(parseNetrc(NETRC), host)!;
    assert.equal(`${login}:${password}`, expected);
  });
}

const MANIFEST = `[[tool.uv.index]]
name = "my-own"
url = "https://one.test/own/simple"
[[tool.uv.index]]
name = "plain"
url = "https://open.test/simple"
`;

async function asking(
  env: Readonly<Record<string, string>>,
  home: string,
  url: string,
  index?: string,
): Promise<string | undefined> {
  const runner = createRunner({ env: { ...Deno.env.toObject(), HOME: home, ...env } });
  const program = await uvProgram();
  const directories = { cacheDirectory: join(home, "uv"), pythonDirectory: join(home, "python") };
  const world: Pick<EnvironmentWorld, "env" | "runner" | "uv"> = {
    env: { HOME: home, ...env },
    runner,
    uv: () => Promise.resolve(createUv(runner, { program, ...directories })),
  };
  const { authorization } = await (await openIndexAccess(world, MANIFEST)).headersFor(url, index);
  return authorization && atob(authorization.replace("Basic ", ""));
}

Deno.test("a file is asked for with what uv would ask its index with, and with nothing elsewhere", async () => {
  const home = await Deno.makeTempDir();
  try {
    await Deno.mkdir(join(home, ".config", "uv"), { recursive: true });
    await Deno.writeTextFile(
      join(home, ".config", "uv", "uv.toml"),
      'extra-index-url = ["https://file:of%20user@two.test/simple"]\n',
    );
    const own = { UV_INDEX_MY_OWN_USERNAME: "u", UV_INDEX_MY_OWN_PASSWORD: "p4ss" };
    const team = { UV_INDEX: "team=https://t:t4am@one.test/team/simple" };
    const cases = [
      [own, "https://one.test/files/x.whl", "u:p4ss"],
      [own, "https://elsewhere.test/files/x.whl", undefined],
      [own, "http://one.test/files/x.whl", undefined],
      [{ ...own, ...team }, "https://one.test/team/simple/x.whl", "t:t4am"],
      [{ ...own, ...team }, "https://one.test/own/simple/x.whl", "u:p4ss"],
      [{}, "https://two.test/x.whl", "file:of user"],
      [{ UV_NO_CONFIG: "1" }, "https://two.test/x.whl", undefined],
      [{}, "ssh://two.test/x.whl", undefined],
    ] as const;
    for (const [env, url, expected] of cases) {
      assert.equal(await asking(env, home, url), expected, `${JSON.stringify(env)} ${url}`);
    }
    const both = { ...own, ...team };
    const shared = "https://one.test/files/x.whl";
    assert.equal(await asking(both, home, shared, "https://one.test/own/simple/"), "u:p4ss");
    assert.equal(await asking(both, home, shared, "https://one.test/team/simple"), "t:t4am");

    await Deno.writeTextFile(join(home, ".netrc"), "machine open.test login n password netrc\n");
    assert.equal(await asking({}, home, "https://open.test/x.whl"), "n:netrc");
  } finally {
    await Deno.remove(home, { recursive: true });
  }
});

Deno.test("uv's own store and a keyring are asked where nothing else knows", async () => {
  const home = await Deno.makeTempDir();
  try {
    const runner = createRunner({ env: { ...Deno.env.toObject(), HOME: home } });
    const UV_CREDENTIALS_DIR = join(home, "kept");
    const args = ["auth", "login", "https://kept.test", "--username", "k", "--password", "st0re"];
    await runner.run({ program: await uvProgram(), args, env: { UV_CREDENTIALS_DIR } });
    const kept = await asking({ UV_CREDENTIALS_DIR }, home, "https://kept.test/x.whl");
    assert.equal(kept, "k:st0re");

    const keyring = join(home, "keyring");
    await Deno.writeTextFile(keyring, '#!/bin/sh\necho "$1 $2 $3"\n');
    await Deno.chmod(keyring, 0o755);
    const env = {
      PATH: `${home}:${Deno.env.get("PATH")}`,
      UV_KEYRING_PROVIDER: "subprocess",
      UV_DEFAULT_INDEX: "https://ring@ring.test/simple",
    };
    const told = await asking(env, home, "https://ring.test/files/x.whl");
    assert.equal(told, "ring:get https://ring.test/simple ring");
  } finally {
    await Deno.remove(home, { recursive: true });
  }
});
