import assert from "node:assert/strict";
import { pythonEnvironment } from "../../src/tools/mod.ts";

Deno.test("pythonEnvironment() keeps what is the user's and drops what leads Python elsewhere", () => {
  const kept = {
    HOME: "/home/me",
    LANG: "de_DE.UTF-8",
    FORCE_COLOR: "1",
    CUDA_VISIBLE_DEVICES: "1",
    HIP_VISIBLE_DEVICES: "0",
    HSA_OVERRIDE_GFX_VERSION: "11.0.0",
    PYTHONDONTWRITEBYTECODE: "1",
    PYTORCH_CUDA_ALLOC_CONF: "expandable_segments:True",
    UV_DEFAULT_INDEX: "https://index.example/simple",
    GIT_SSH_COMMAND: "ssh -4",
  };
  const dropped = {
    VIRTUAL_ENV: "/other",
    VIRTUAL_ENV_PROMPT: "other",
    CONDA_PREFIX: "/conda",
    PYTHONHOME: "/other",
    PYTHONPATH: "/other",
    PYTHONSAFEPATH: "1",
    PYTHONINSPECT: "1",
    GIT_DIR: "/other/.git",
    UV_PROJECT_ENVIRONMENT: "/other",
    UV_PYTHON: "3.8",
  };
  const result = pythonEnvironment({ ...kept, ...dropped, PATH: "/usr/bin" }, "/venv", false);
  assert.deepEqual(result, {
    ...kept,
    PATH: "/venv/bin:/usr/bin",
    VIRTUAL_ENV: "/venv",
    PYTHONUNBUFFERED: "1",
    PYTHONIOENCODING: "utf-8:backslashreplace",
  });
});

Deno.test("pythonEnvironment() finds PATH by any case on Windows, makes one where there is none", () => {
  const windows = pythonEnvironment({ Path: "C:\\Windows", pythonpath: "x" }, "C:\\v", true);
  assert.equal(windows.Path, "C:\\v\\Scripts;C:\\Windows");
  assert.deepEqual(Object.keys(windows).filter((name) => /^(path|pythonpath)$/i.test(name)), [
    "Path",
  ]);
  assert.equal(pythonEnvironment({}, "/venv", false).PATH, "/venv/bin");
});

Deno.test("pythonEnvironment() leaves it to the user how Python writes", () => {
  const { PYTHONIOENCODING } = pythonEnvironment({ PYTHONIOENCODING: "latin-1" }, "/venv", false);
  assert.equal(PYTHONIOENCODING, "latin-1");
});
