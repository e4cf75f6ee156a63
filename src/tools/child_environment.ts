/** Environment variables by name; `undefined` means absent. */
export type Environment = Readonly<Record<string, string | undefined>>;

// Of git's own variables those stay that say how to reach servers and who the user is;
// those that name a repository would make git work on another one.
const GIT_KEPT =
  /^GIT_(SSH|SSH_COMMAND|SSH_VARIANT|SSL_\w+|PROXY_\w+|CONFIG_(GLOBAL|SYSTEM|NOSYSTEM|COUNT|KEY_\d+|VALUE_\d+)|AUTHOR_(NAME|EMAIL)|COMMITTER_(NAME|EMAIL)|EXEC_PATH|ALLOW_PROTOCOL|HTTP_\w+)$/;

// Of uv's variables those stay that say where packages come from and how to get there.
const UV_KEPT =
  /^UV_(DEFAULT_INDEX|INDEX|INDEX_\w+|EXTRA_INDEX_URL|FIND_LINKS|KEYRING_PROVIDER|CREDENTIALS_DIR|GITHUB_TOKEN|HTTP_\w+|REQUEST_TIMEOUT|NATIVE_TLS|SYSTEM_CERTS|INSECURE_HOST|CONFIG_FILE|NO_CONFIG|SYSTEM_CONFIG\w*|PYTHON_(DOWNLOADS|DOWNLOADS_JSON_URL|INSTALL_MIRROR|PREFERENCE|CPYTHON_BUILD|CACHE_DIR)|PYPY_INSTALL_MIRROR|CONCURRENT_\w+|LINK_MODE|LOCK_TIMEOUT|CUDA_DRIVER_VERSION|AMD_GPU_ARCHITECTURE|STACK_SIZE)$/;

const CLEARED = new Set([
  "VIRTUAL_ENV",
  "VIRTUAL_ENV_PROMPT",
  "CONDA_PREFIX",
  "CONDA_DEFAULT_ENV",
  "PYTHONHOME",
  "PYTHONPATH",
  "SSH_ASKPASS",
  "LANG",
  "LANGUAGE",
  "LC_ALL",
  "LC_MESSAGES",
]);

// What would let the Python of an environment load other modules than its own, or not start a script as it should.
const CLEARED_FOR_PYTHON = new Set([
  "VIRTUAL_ENV",
  "VIRTUAL_ENV_PROMPT",
  "CONDA_PREFIX",
  "CONDA_DEFAULT_ENV",
  "PYTHONHOME",
  "PYTHONPATH",
  "PYTHONSTARTUP",
  "PYTHONINSPECT",
  "PYTHONEXECUTABLE",
  "PYTHONPLATLIBDIR",
  "PYTHONSAFEPATH",
  "PYTHONUSERBASE",
  "__PYVENV_LAUNCHER__",
]);

// Nothing may ask: there is no terminal to answer on. Messages are in English because they are read.
const ALWAYS: Environment = {
  LC_ALL: "C.UTF-8",
  GIT_TERMINAL_PROMPT: "0",
  GCM_INTERACTIVE: "never",
  SSH_ASKPASS_REQUIRE: "never",
  NO_COLOR: "1",
  UV_NO_PROGRESS: "1",
};

/**
 * Decides the whole environment of a child process.
 *
 * @param base The variables of this process.
 * @param own What the command sets; `undefined` removes.
 * @returns What the child gets, and nothing else.
 */
export function childEnvironment(base: Environment, own: Environment = {}): Record<string, string> {
  const result: Record<string, string> = {};
  for (const [name, value] of Object.entries({ ...keptOf(base), ...ALWAYS, ...own })) {
    if (value !== undefined) result[name] = value;
  }
  return result;
}

function keptOf(base: Environment): Environment {
  return Object.fromEntries(Object.entries(base).filter(([name]) => isKept(name.toUpperCase())));
}

function isKept(name: string): boolean {
  if (name.startsWith("GIT_")) return GIT_KEPT.test(name);
  if (name.startsWith("UV_")) return UV_KEPT.test(name);
  return !CLEARED.has(name);
}

/**
 * Decides the environment of a Python program that people run: theirs, as if the virtual environment were activated.
 *
 * Language, colours and what graphics cards are told by (`CUDA_…`, `HIP_…`, `HSA_…`) stay.
 *
 * @param base The variables of this process.
 * @param venv Absolute path of the virtual environment.
 */
export function pythonEnvironment(
  base: Environment,
  venv: string,
  windows: boolean = Deno.build.os === "windows",
): Record<string, string> {
  const result: Record<string, string> = {};
  for (const [name, value] of Object.entries(base)) {
    const known = name.toUpperCase();
    const tool = known.startsWith("GIT_") || known.startsWith("UV_");
    const kept = tool ? isKept(known) : !CLEARED_FOR_PYTHON.has(known);
    if (kept && value !== undefined) result[name] = value;
  }
  const path = Object.keys(result).find((name) => name.toUpperCase() === "PATH") ?? "PATH";
  const scripts = windows ? `${venv}\\Scripts` : `${venv}/bin`;
  const rest = result[path] ? `${windows ? ";" : ":"}${result[path]}` : "";
  return {
    // Through a pipe Python would hold back what it prints, and on Windows fail at what the code page lacks.
    PYTHONUNBUFFERED: "1",
    PYTHONIOENCODING: "utf-8:backslashreplace",
    ...result,
    [path]: `${scripts}${rest}`,
    VIRTUAL_ENV: venv,
  };
}
