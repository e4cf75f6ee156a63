import { basename, dirname, join, resolve } from "node:path";
import { ComfydockError, fileError } from "../base/mod.ts";
import { entriesIn, lookAt } from "../workspace/disk/mod.ts";
import { adoptionErrors } from "./errors.ts";

/** How an install came to be: `git clone`, the portable archive, the desktop app, or files alone. */
export type InstallKind = "git" | "portable" | "desktop" | "files";

/** Where the parts of an install lie; absolute paths. */
export interface Install {
  readonly kind: InstallKind;
  /** What was named. */
  readonly path: string;
  /** ComfyUI's own files; absent for the desktop app, which keeps them elsewhere. */
  readonly source?: string;
  /** What holds `custom_nodes`, `models` and `user`. */
  readonly base: string;
  /** What holds the Python packages: a virtual environment, or an embedded Python. */
  readonly python?: string;
}

const EMBEDDED = ["python_embeded", "python_embedded"];
const VENVS = [".venv", "venv", "env"];

/**
 * Finds the parts of an install; nothing of it is changed or run.
 *
 * @param path ComfyUI itself, the unpacked portable archive, or the directory that the desktop app fills.
 * @param python Where the Python packages are, if that is known.
 * @throws `ADOPT_NOT_COMFYUI`, `FILE_NOT_FOUND`, `FILE_UNREADABLE`
 */
export async function findInstall(path: string, python?: string): Promise<Install> {
  const named = await realDirectory(resolve(path));
  const own = python === undefined ? undefined : await realDirectory(resolve(python));
  if (own !== undefined && !await isPython(own)) throw noPython(own);
  const source = await isComfyUI(named)
    ? named
    : await isComfyUI(join(named, "ComfyUI"))
    ? join(named, "ComfyUI")
    : undefined;
  if (source !== undefined) {
    const found = own ?? await findPython(source, dirname(source));
    const isPortable = found !== undefined && EMBEDDED.includes(basename(found));
    const kind = isPortable ? "portable" : await lookAt(join(source, ".git")) ? "git" : "files";
    return { kind, path: named, source, base: source, python: found };
  }
  if (await isDesktop(named)) {
    const found = own ?? await findPython(named);
    return { kind: "desktop", path: named, base: named, python: found };
  }
  throw new ComfydockError(
    adoptionErrors.ADOPT_NOT_COMFYUI,
    `Cannot adopt "${named}": there is no ComfyUI`,
    {
      hint: "Name the directory that holds ComfyUI's main.py, or the one around it",
      details: { path: named },
    },
  );
}

async function isComfyUI(path: string): Promise<boolean> {
  const files = await Promise.all(["main.py", "nodes.py"].map((name) => lookAt(join(path, name))));
  return files.every((info) => info?.isFile);
}

// The desktop app keeps its ComfyUI among its own files, and this beside: https://docs.comfy.org/installation/desktop
async function isDesktop(path: string): Promise<boolean> {
  const found = await Promise.all(
    ["custom_nodes", "user", "models"].map((name) => lookAt(join(path, name))),
  );
  return found.every((info) => info?.isDirectory || info?.isSymlink);
}

async function findPython(...places: readonly string[]): Promise<string | undefined> {
  for (const name of [...EMBEDDED, ...VENVS]) {
    for (const place of places.toReversed()) {
      const path = join(place, name);
      if (await isPython(path)) return path;
    }
  }
  return undefined;
}

/** Whether a directory is a virtual environment or a Python for itself. */
async function isPython(path: string): Promise<boolean> {
  for (const mark of ["pyvenv.cfg", "conda-meta"]) {
    if (await lookAt(join(path, mark))) return true;
  }
  const names = (await entriesIn(path)).map(({ name }) => name.toLowerCase());
  return names.some((name) => /^python3\d*(?:\._pth|\.dll|\.exe)?$/.test(name)) ||
    names.includes("python.exe");
}

async function realDirectory(path: string): Promise<string> {
  try {
    const real = await Deno.realPath(path);
    if (!(await Deno.stat(real)).isDirectory) throw new Deno.errors.NotADirectory(path);
    return real;
  } catch (error) {
    throw fileError("Cannot adopt", path, error);
  }
}

function noPython(path: string): ComfydockError {
  return new ComfydockError(
    adoptionErrors.ADOPT_NOT_COMFYUI,
    `Cannot read the Python packages of "${path}": there is no Python`,
    { hint: "Name a virtual environment, or a directory with an embedded Python" },
  );
}
