import { deepEqual, doesNotMatch, equal, match } from "node:assert/strict";
import { join } from "node:path";
import type { ConfigData } from "../../../src/cli/workspace/config/setup.ts";
import { hasPty, runInPty } from "../../support/pty.ts";
import { assertPublishedShape } from "../../support/schemas.ts";
import { dataOf, exists, withRoot, withWorkspace } from "./support/workspace.ts";

const TOKEN = "typed-token-4711";
const ERASE = "\u0015";

Deno.test({
  name: "config on a terminal asks, keeps what is left as it is, and stores the answers",
  ignore: !hasPty,
  fn: () =>
    withWorkspace(async ({ layout, root }) => {
      const conf = join(root, "conf");
      const { code, output, timedOut, stepsLeft } = await runInPty(["config"], {
        env: { COMFYDOCK_HOME: layout.root, XDG_CONFIG_HOME: conf },
        steps: [
          { expect: "directory that holds the models", send: `${ERASE}${root}\r` },
          { expect: "torch backend", send: `${ERASE}gpu\r` },
          { expect: "Give auto, cpu", send: `${ERASE}cpu\r` },
          { expect: "The Python of new", send: "\r" },
          { expect: "token for civitai?", send: "y" },
          { expect: "The token for civitai", send: `${TOKEN}\r` },
          { expect: "token for huggingface?", send: "n" },
        ],
      });
      deepEqual([code, timedOut, stepsLeft], [0, false, 0], output);
      const { config } = JSON.parse(await Deno.readTextFile(layout.workspaceFile));
      deepEqual(config, { models_dir: root, torch_backend: "cpu" });
      const path = join(conf, "comfydock", "credentials.json");
      equal(JSON.parse(await Deno.readTextFile(path)).api_keys.civitai, TOKEN);
      doesNotMatch(output, new RegExp(TOKEN));
    }),
});

Deno.test({
  name: "Ctrl-C at a question of config ends with 130 and writes nothing more",
  ignore: !hasPty,
  fn: () =>
    withWorkspace(async ({ layout, root }) => {
      const { code } = await runInPty(["config"], {
        env: { COMFYDOCK_HOME: layout.root, XDG_CONFIG_HOME: join(root, "conf") },
        steps: [{ expect: "directory that holds the models", send: "\u0003" }],
      });
      equal(code, 130);
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
