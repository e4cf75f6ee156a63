import { deepEqual, equal } from "node:assert/strict";
import { uvPublishCommand, uvResolveCommand } from "../../../src/tools/uv/index_commands.ts";
import { describeCommand } from "../../../src/tools/mod.ts";

const settings = { program: "uv", directory: "/repository" };
const TOKEN = "pypi-0123456789abcdefghij";

Deno.test("uploads take index and credentials from the user's variables, never as arguments", () => {
  const env = {
    UV_PUBLISH_TOKEN: TOKEN,
    UV_PUBLISH_URL: "https://index.invalid/",
    UV_TRUSTED_PUBLISHING: "never",
    UV_OTHER: "x",
    HOME: "/home/someone",
  };
  const spec = uvPublishCommand({ ...settings, env }, ["/dist/a.whl"]);
  deepEqual(spec.args, ["--directory", "/repository", "publish", "--", "/dist/a.whl"]);
  deepEqual(spec.env, {
    UV_CACHE_DIR: undefined,
    UV_PUBLISH_TOKEN: TOKEN,
    UV_PUBLISH_URL: "https://index.invalid/",
    UV_TRUSTED_PUBLISHING: "never",
  });
  equal(describeCommand(spec).includes(TOKEN), false);
});

Deno.test("an index that is named stands alone; without one the user's configuration counts", () => {
  const own = uvResolveCommand({ ...settings, env: {} }, ["a==1", "b==2"], { dependencies: true });
  equal(own.args.includes("--no-config"), false);
  equal(own.stdin, "a==1\nb==2\n");
  const checkUrl = "https://index.invalid/simple/";
  const named = uvResolveCommand({ ...settings, env: {}, checkUrl }, ["a==1"], {
    dependencies: false,
  });
  deepEqual(named.args.slice(-4), ["--no-config", "--default-index", checkUrl, "-"]);
  equal(named.args.includes("--no-deps"), true);
  equal("UV_INDEX" in named.env! && named.env.UV_INDEX, undefined);
});
