import { deepEqual, doesNotMatch, equal, match } from "node:assert/strict";
import { join } from "node:path";
import type { InitData } from "../../../src/cli/workspace/init.ts";
import { serveAccounts } from "../../support/model_hosts/accounts.ts";
import { hasPty, runInPty } from "../../support/pty.ts";
import { assertPublishedShape } from "../../support/schemas.ts";
import { dataOf, exists, withRoot } from "./support/workspace.ts";

const TOKEN = "typed-token-4711";
const ERASE = "\u0015";

Deno.test({
  name:
    "init alone on a terminal asks for place, models, torch, Python and tokens, then makes all of it",
  ignore: !hasPty,
  fn: () =>
    withRoot(async ({ layout, root, home }) => {
      await using accounts = serveAccounts({ [TOKEN]: "somebody" });
      const conf = join(root, "conf");
      const { code, output, stepsLeft } = await runInPty(["init"], {
        env: { COMFYDOCK_HOME: root, XDG_CONFIG_HOME: conf, ...accounts.env },
        steps: [
          { expect: "Where shall the workspace be?", send: "\r" },
          { expect: "Where shall the workspace be?", send: `${ERASE}${layout.root}\r` },
          { expect: "directory that holds the models", send: `${ERASE}${home}\r` },
          { expect: "(auto is ", send: `${ERASE}cpu\r` },
          { expect: "The Python of new", send: "3.12\r" },
          { expect: "token for CivitAI?", send: "n" },
          { expect: "token for Hugging Face?", send: "y" },
          { expect: "The token for Hugging Face", send: `${TOKEN}\r` },
        ],
      });
      deepEqual([code, stepsLeft], [0, 0], output);
      const { config } = JSON.parse(await Deno.readTextFile(layout.workspaceFile));
      deepEqual(config, { models_dir: home, torch_backend: "cpu", default_python: "3.12" });
      const stored = await Deno.readTextFile(join(conf, "comfydock", "credentials.json"));
      equal(JSON.parse(stored).api_keys.huggingface, TOKEN);
      doesNotMatch(output, new RegExp(TOKEN));
      match(output, /Cannot make a workspace of ".*": it already holds "home"/);
      match(output, /Hugging Face knows this token: it is somebody's/);
    }),
});

Deno.test({
  name: "Ctrl-C at a question of init makes nothing, and defaults are taken with Enter",
  ignore: !hasPty,
  fn: () =>
    withRoot(async ({ layout, root }) => {
      const env = { COMFYDOCK_HOME: layout.root, XDG_CONFIG_HOME: join(root, "conf") };
      const asked = [
        { expect: "Where shall the workspace be?", send: "\r" },
        { expect: "directory that holds the models", send: "\r" },
        { expect: "torch backend", send: "\r" },
        { expect: "The Python of new", send: "\r" },
        { expect: "token for CivitAI?", send: "\r" },
      ];
      const last = "token for Hugging Face?";
      const left = await runInPty(["init"], {
        env,
        steps: [...asked, { expect: last, send: "\u0003" }],
      });
      deepEqual([left.code, left.stepsLeft], [130, 0], left.output);
      equal(await exists(layout.root), false);
      const done = await runInPty(["init"], {
        env,
        steps: [...asked, { expect: last, send: "\r" }],
      });
      deepEqual([done.code, done.stepsLeft], [0, 0], done.output);
      deepEqual(JSON.parse(await Deno.readTextFile(layout.workspaceFile)).config, {});
      equal(await exists(join(root, "conf")), false);
    }),
});

Deno.test("flags answer every question of init, and nothing is asked without a terminal", async () => {
  await withRoot(async ({ run, root, home, layout }) => {
    await using accounts = serveAccounts({ [TOKEN]: "somebody" });
    const token = join(root, "token");
    await Deno.writeTextFile(token, TOKEN);
    const line = ["init", layout.root, "--models-dir", home, "--torch-backend", "cu128"];
    const more = ["--default-python", "3.12", "--huggingface-token-file", token, "--json"];
    const env = { XDG_CONFIG_HOME: join(home, "conf"), ...accounts.env };
    const planned = await run([...line, ...more, "--dry-run"], { env });
    await assertPublishedShape(planned.json);
    equal(await exists(layout.root), false);
    const done = await run([...line, ...more], { env });
    await assertPublishedShape(done.json);
    deepEqual(dataOf<InitData>(done).changes.map(({ key }) => key), [
      "torch_backend",
      "default_python",
      "api_keys.huggingface",
    ]);
    const wrong = await run([...line, "--default-python", "2.7", "--json"], { env });
    deepEqual([wrong.code, wrong.json?.error?.code], [2, "CONFIG_VALUE_INVALID"]);
  });
});
