import { deepEqual, doesNotMatch, equal, match } from "node:assert/strict";
import { join } from "node:path";
import type { ConfigGetData } from "../../../src/cli/workspace/config/get.ts";
import type { ConfigListData } from "../../../src/cli/workspace/config/list.ts";
import { runCli } from "../../support/run_cli.ts";
import { assertPublishedShape } from "../../support/schemas.ts";
import { dataOf, exists, textsBelow, withRoot, withWorkspace } from "./support/workspace.ts";

const TOKEN = "a-very-secret-token-0042";

Deno.test("later layers win, and config tells where each value comes from", async () => {
  await withWorkspace(async ({ run, layout, home }) => {
    const user = join(home, ".config", "comfydock", "config.toml");
    const env = { XDG_CONFIG_HOME: join(home, ".config") };
    const get = async (...more: string[]) => {
      const { value, layer, origin } = dataOf<ConfigGetData>(
        await run(["config", "get", "rate", "--json"], {
          env: { ...env, ...Object.fromEntries(more.map((text) => text.split("="))) },
        }),
      );
      return [value, layer, origin];
    };
    deepEqual(await get(), [8, "default", undefined]);
    await run(["config", "set", "rate", "4", "--user"], { env });
    deepEqual(await get(), [4, "user", user]);
    await run(["config", "set", "rate", "2"], { env });
    deepEqual(await get(), [2, "workspace", layout.workspaceFile]);
    deepEqual(await get("COMFYDOCK_RATE=1"), [1, "environment", "COMFYDOCK_RATE"]);
    const done = await run(["config", "unset", "rate", "--workspace", "--json"], { env });
    await assertPublishedShape(done.json);
    deepEqual(await get(), [4, "user", user]);
    const list = await run(["config", "list", "--json"], { env });
    await assertPublishedShape(list.json);
    const { settings, credentials } = dataOf<ConfigListData>(list);
    equal(settings.find(({ key }) => key === "rate")?.origin, user);
    match(`${settings.find(({ key }) => key === "registry_url")?.value}`, /^https:/);
    deepEqual(credentials.map(({ set }) => set), [false, false]);
    const own = dataOf<ConfigListData>(await run(["config", "list", "--user", "--json"], { env }));
    deepEqual(own.settings.map(({ key, value }) => [key, value]), [["rate", 4]]);
  });
});

Deno.test("config path names the files, and one of them alone", async () => {
  await withRoot(async ({ run, layout, home }) => {
    const env = { XDG_CONFIG_HOME: join(home, "conf") };
    const done = await run(["config", "path", "--json"], { env });
    await assertPublishedShape(done.json);
    deepEqual(done.json?.data, {
      user: join(home, "conf", "comfydock", "config.toml"),
      workspace: layout.workspaceFile,
      credentials: join(home, "conf", "comfydock", "credentials.json"),
    });
    const { stdout } = await run(["config", "path", "--workspace"], { env });
    equal(stdout, `${layout.workspaceFile}\n`);
  });
});

Deno.test("a wrong key, value or combination is refused with what is right, and nothing is written", async () => {
  await withWorkspace(async ({ run, root }) => {
    const before = await textsBelow(root);
    const cases = [
      { argv: ["set", "torchbackend", "cpu"], code: 2, hint: /Did you mean `torch_backend`/ },
      { argv: ["set", "torch_backend", "gpu"], code: 2, hint: /auto, cpu, none/ },
      { argv: ["set", "models_dir", "relative"], code: 2, hint: /absolute path/ },
      { argv: ["set", "rate", "fast"], code: 2, hint: /a number/ },
      { argv: ["set", "rate"], code: 2, hint: /config set rate VALUE/ },
      {
        argv: ["set", "registry_url", "https://me:word@host/"],
        code: 2,
        hint: /COMFYDOCK_REGISTRY_URL/,
      },
      { argv: ["set", "api_keys.github", "-"], code: 2, hint: /api_keys\./ },
      { argv: ["set", "rate", "3", "--user", "--workspace"], code: 2, hint: /one of them/ },
      { argv: ["get", "nothing"], code: 2, hint: /config list/ },
      { argv: ["get", "default_python"], code: 4, hint: /config set default_python VALUE/ },
      { argv: ["get", "api_keys.civitai"], code: 4, hint: /config set api_keys.civitai$/ },
      { argv: ["unset", "nothing"], code: 2, hint: /config list/ },
    ];
    for (const { argv, code, hint } of cases) {
      const done = await run(["config", ...argv, "--json"]);
      equal(done.code, code, argv.join(" "));
      match(done.json?.error?.hint ?? "", hint, argv.join(" "));
    }
    equal((await run(["config", "set", "rate", "3", "--dry-run"])).code, 0);
    deepEqual(await textsBelow(root), before);
  });
});

Deno.test("without a workspace config set says that --user works", async () => {
  await withRoot(async ({ run, layout }) => {
    const { code, json } = await run(["config", "set", "rate", "3", "--json"]);
    deepEqual([code, json?.error?.code], [4, "WORKSPACE_NOT_FOUND"]);
    match(json?.error?.hint ?? "", /--user/);
    equal((await run(["config", "list"])).code, 0);
    equal((await run(["config", "set", "rate", "3", "--user"])).code, 0);
    equal(await exists(layout.root), false);
  });
});

Deno.test("a credential on the command line is refused, and appears nowhere", async () => {
  await withWorkspace(async ({ run, root }) => {
    for (const more of [[], ["--json"], ["-vv"]]) {
      const { code, stdout, stderr } = await run([
        "config",
        "set",
        "api_keys.civitai",
        TOKEN,
        ...more,
      ]);
      equal(code, 2);
      match(stdout + stderr, /standard input/);
      doesNotMatch(stdout + stderr, new RegExp(TOKEN));
    }
    doesNotMatch(JSON.stringify(await textsBelow(root)), new RegExp(TOKEN));
  });
});

Deno.test("a credential from standard input is stored for the user alone, masked in output, and can be taken out", async () => {
  await withWorkspace(async ({ home, layout }) => {
    const env = { COMFYDOCK_HOME: layout.root, XDG_CONFIG_HOME: join(home, "conf") };
    const set = await runCli(["config", "set", "api_keys.civitai", "-", "--json"], {
      env,
      stdin: `${TOKEN}\n`,
    });
    equal(set.code, 0, set.stderr);
    await assertPublishedShape(set.json);
    const path = join(home, "conf", "comfydock", "credentials.json");
    equal(JSON.parse(await Deno.readTextFile(path)).api_keys.civitai, TOKEN);
    if (Deno.build.os !== "windows") equal((await Deno.stat(path)).mode! & 0o777, 0o600);
    const list = await runCli(["config", "list"], { env });
    const get = await runCli(["config", "get", "api_keys.civitai", "--json"], { env });
    await assertPublishedShape(get.json);
    equal(dataOf<ConfigGetData>(get).value, "****0042");
    for (const { stdout, stderr } of [set, list, get]) {
      doesNotMatch(stdout + stderr, new RegExp(TOKEN));
    }
    match(list.stdout, /api_keys\.civitai +\*{4}0042/);
    const empty = await runCli(["config", "set", "api_keys.civitai", "-"], { env, stdin: " \n" });
    equal(empty.code, 2);
    equal((await runCli(["config", "unset", "api_keys.civitai"], { env })).code, 0);
    equal(JSON.parse(await Deno.readTextFile(path)).api_keys.civitai, undefined);
  });
});

Deno.test("a credential in an environment variable wins, and is masked too", async () => {
  await withWorkspace(async ({ run }) => {
    const { stdout } = await run(["config", "list"], { env: { HF_TOKEN: `hf_${TOKEN}` } });
    match(stdout, /api_keys\.huggingface +\*{4}0042 +HF_TOKEN/);
    doesNotMatch(stdout, new RegExp(TOKEN));
  });
});
