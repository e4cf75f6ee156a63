import assert from "node:assert/strict";
import { childEnvironment } from "../../src/tools/child_environment.ts";

Deno.test("childEnvironment() clears what would point git, uv or Python elsewhere", () => {
  const cleared = {
    GIT_DIR: "x",
    GIT_WORK_TREE: "x",
    GIT_INDEX_FILE: "x",
    GIT_ASKPASS: "x",
    GIT_TRACE: "x",
    SSH_ASKPASS: "x",
    VIRTUAL_ENV: "x",
    CONDA_PREFIX: "x",
    PYTHONHOME: "x",
    PYTHONPATH: "x",
    UV_FROZEN: "1",
    UV_NO_SYNC: "1",
    UV_PROJECT: "x",
    UV_PYTHON: "x",
    UV_CONSTRAINT: "x",
    UV_TORCH_BACKEND: "cpu",
    LANG: "de_DE.UTF-8",
  };
  const result = childEnvironment(cleared);
  for (const name of Object.keys(cleared)) assert.equal(result[name], undefined, name);
});

Deno.test("childEnvironment() passes on where packages and repositories come from and who the user is", () => {
  const kept = {
    PATH: "/bin",
    HOME: "/home/user",
    HTTPS_PROXY: "http://127.0.0.1:3128",
    SSL_CERT_FILE: "/certs.pem",
    NETRC: "/netrc",
    SSH_AUTH_SOCK: "/agent",
    UV_DEFAULT_INDEX: "http://127.0.0.1/simple",
    UV_INDEX: "x",
    UV_INDEX_COMPANY_PASSWORD: "x",
    UV_INDEX_URL: "x",
    UV_EXTRA_INDEX_URL: "x",
    UV_FIND_LINKS: "x",
    UV_KEYRING_PROVIDER: "subprocess",
    UV_HTTP_TIMEOUT: "300",
    UV_PYTHON_INSTALL_MIRROR: "x",
    GIT_SSH_COMMAND: "ssh -i key",
    GIT_SSL_CAINFO: "/certs.pem",
    GIT_CONFIG_GLOBAL: "/config",
    GIT_CONFIG_COUNT: "1",
    GIT_CONFIG_KEY_0: "x",
    GIT_CONFIG_VALUE_0: "x",
    GIT_AUTHOR_NAME: "Ada",
  };
  assert.deepEqual({ ...kept, ...childEnvironment(kept) }, childEnvironment(kept));
});

Deno.test("childEnvironment() lets nothing ask a question, and lets the command have the last word", () => {
  const result = childEnvironment({ GIT_TERMINAL_PROMPT: "1", A: "1", B: "2" }, {
    B: undefined,
    C: "3",
  });
  assert.deepEqual(result, {
    A: "1",
    C: "3",
    LC_ALL: "C.UTF-8",
    GIT_TERMINAL_PROMPT: "0",
    GCM_INTERACTIVE: "never",
    SSH_ASKPASS_REQUIRE: "never",
    NO_COLOR: "1",
    UV_NO_PROGRESS: "1",
  });
});
