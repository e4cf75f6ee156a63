import { deepEqual, doesNotMatch, equal, match } from "node:assert/strict";
import { join } from "node:path";
import type { ConfigData } from "../../../src/cli/workspace/config/setup.ts";
import { hasPty, runInPty } from "../../support/pty.ts";
import { serveAccounts } from "../../support/model_hosts/accounts.ts";
import { assertPublishedShape } from "../../support/schemas.ts";
import { dataOf, exists, withRoot, withWorkspace } from "./support/workspace.ts";

const TOKEN = "typed-token-4711";
const ERASE = "\u0015";

Deno.test({
  name:
    "config on a terminal asks, tests the tokens, keeps what is left as it is, and stores the answers",
  ignore: !hasPty,
  fn: () =>
    withWorkspace(async ({ layout, root }) => {
      await using accounts = serveAccounts({ [TOKEN]: "somebody" });
      const conf = join(root, "conf");
      const { code, output, timedOut, stepsLeft } = await runInPty(["config"], {
        env: { COMFYDOCK_HOME: layout.root, XDG_CONFIG_HOME: conf, ...accounts.env },
        steps: [
          { expect: "Where shall the settings hold?", send: "\r" },
          { expect: "directory that holds the models", send: `${ERASE}${root}/nowhere\r` },
          { expect: "There is no such directory", send: `${ERASE}${root}\r` },
          { expect: "torch backend", send: `${ERASE}gpu\r` },
          { expect: "Give auto, cpu", send: `${ERASE}cpu\r` },
          { expect: "The Python of new", send: "\r" },
          { expect: "token for CivitAI?", send: "y" },
          { expect: "The token for CivitAI", send: "mistyped\r" },
          { expect: "CivitAI does not know this token", send: "\r" },
          { expect: "The token for CivitAI", send: `${TOKEN}\r` },
          { expect: "token for Hugging Face?", send: "n" },
        ],
      });
      deepEqual([code, timedOut, stepsLeft], [0, false, 0], output);
      const { config } = JSON.parse(await Deno.readTextFile(layout.workspaceFile));
      deepEqual(config, { models_dir: root, torch_backend: "cpu" });
      const path = join(conf, "comfydock", "credentials.json");
      equal(JSON.parse(await Deno.readTextFile(path)).api_keys.civitai, TOKEN);
      equal((await Deno.stat(path)).mode! & 0o777, 0o600);
      doesNotMatch(output, new RegExp(`${TOKEN}|mistyped`));
      match(output, /CivitAI knows this token: it is somebody's/);
    }),
});

Deno.test({
  name: "Ctrl-C at the last question of config ends with 130 and leaves everything as it was",
  ignore: !hasPty,
  fn: () =>
    withWorkspace(async ({ layout, root }) => {
      const { code, stepsLeft } = await runInPty(["config"], {
        env: { COMFYDOCK_HOME: layout.root, XDG_CONFIG_HOME: join(root, "conf") },
        steps: [
          { expect: "Where shall the settings hold?", send: "\r" },
          { expect: "directory that holds the models", send: `${ERASE}${root}\r` },
          { expect: "torch backend", send: `${ERASE}cpu\r` },
          { expect: "The Python of new", send: "3.12\r" },
          { expect: "token for CivitAI?", send: "n" },
          { expect: "token for Hugging Face?", send: "\u0003" },
        ],
      });
      deepEqual([code, stepsLeft], [130, 0]);
      deepEqual(JSON.parse(await Deno.readTextFile(layout.workspaceFile)).config, {});
      equal(await exists(join(root, "conf")), false);
    }),
});

Deno.test({
  name: "config set of a credential asks for it on a terminal without showing it",
  ignore: !hasPty,
  fn: () =>
    withWorkspace(async ({ layout, root }) => {
      const conf = join(root, "conf");
      const { code, output } = await runInPty(["config", "set", "api_keys.huggingface"], {
        env: { COMFYDOCK_HOME: layout.root, XDG_CONFIG_HOME: conf },
        steps: [{ expect: "The token for huggingface", send: `${TOKEN}\r` }],
      });
      equal(code, 0, output);
      doesNotMatch(output, new RegExp(TOKEN));
      const stored = await Deno.readTextFile(join(conf, "comfydock", "credentials.json"));
      equal(JSON.parse(stored).api_keys.huggingface, TOKEN);
    }),
});

Deno.test("config asks nothing where nobody can answer, and names every flag", async () => {
  await withWorkspace(async ({ run }) => {
    for (const line of [["config"], ["config", "-y"], ["config", "set", "api_keys.civitai"]]) {
      const { code, json } = await run([...line, "--json"]);
      deepEqual([code, json?.error?.code], [2, "ANSWER_NEEDED"], line.join(" "));
    }
    const { stderr } = await run(["config"]);
    match(stderr, /--models-dir DIR, --torch-backend BACKEND, --default-python VERSION/);
  });
});

Deno.test("flags answer the questions of config", async () => {
  await withWorkspace(async ({ run, layout }) => {
    const line = ["config", "--torch-backend", "cu128", "--default-python", "3.12"];
    const planned = await run([...line, "--dry-run", "--json"]);
    await assertPublishedShape(planned.json);
    deepEqual(dataOf<ConfigData>(planned).changes.map(({ key, value }) => [key, value]), [
      ["torch_backend", "cu128"],
      ["default_python", "3.12"],
    ]);
    deepEqual(JSON.parse(await Deno.readTextFile(layout.workspaceFile)).config, {});
    equal((await run(line)).code, 0);
    deepEqual(JSON.parse(await Deno.readTextFile(layout.workspaceFile)).config, {
      torch_backend: "cu128",
      default_python: "3.12",
    });
    match((await run(line)).stdout, /^Nothing changed\n$/);
    equal((await run(["config", "--default-python", "2.7"])).code, 2);
  });
});

Deno.test("flags of config go to the user's settings where there is no workspace", async () => {
  await withRoot(async ({ run, home }) => {
    const env = { XDG_CONFIG_HOME: join(home, "conf") };
    equal((await run(["config", "--torch-backend", "cpu"], { env })).code, 0);
    const text = await Deno.readTextFile(join(home, "conf", "comfydock", "config.toml"));
    match(text, /^torch_backend = "cpu"$/m);
  });
});

Deno.test("tokens come from files that flags name, and are refused where their service does not know them", async () => {
  await withWorkspace(async ({ run, home, root }) => {
    await using accounts = serveAccounts({ [TOKEN]: "somebody" });
    const env = { XDG_CONFIG_HOME: join(home, "conf"), ...accounts.env };
    const [right, wrong] = [join(root, "right"), join(root, "wrong")];
    await Deno.writeTextFile(right, `${TOKEN}\n`);
    await Deno.writeTextFile(wrong, "another-token\n");
    const stored = join(home, "conf", "comfydock", "credentials.json");
    const line = ["config", "--huggingface-token-file", right, "--civitai-token-file"];
    const refused = await run([...line, wrong, "--json"], { env });
    deepEqual([refused.code, refused.json?.error?.code], [5, "TOKEN_REFUSED"]);
    equal(await exists(stored), false);
    const done = await run([...line, right, "--json"], { env });
    await assertPublishedShape(done.json);
    deepEqual(JSON.parse(await Deno.readTextFile(stored)).api_keys, {
      civitai: TOKEN,
      huggingface: TOKEN,
    });
    doesNotMatch(done.stdout + done.stderr, new RegExp(TOKEN));
    const offline = await run(["config", "--civitai-token-file", right, "--offline"], { env });
    equal(offline.code, 0);
    match(offline.stderr, /CivitAI could not be asked about the token, which is stored untested/);
  });
});
