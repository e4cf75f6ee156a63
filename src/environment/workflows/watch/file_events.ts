import { join, relative, sep } from "node:path";
import { type EnvironmentLayout, lookAt } from "../../../workspace/mod.ts";

/** A directory whose files are followed. */
export interface WatchedRoot {
  /** Without links on the way, as events name it. */
  readonly path: string;
  /** Tells this directory from another one that takes its place. */
  readonly mark: string;
  /** Which paths below it, with forward slashes, matter. */
  readonly matters: RegExp;
}

/** The directories that hold workflows, as far as they exist: `ComfyUI/user` and `.cec`. */
export async function watchedRoots(
  { comfyui, cec }: EnvironmentLayout,
): Promise<readonly WatchedRoot[]> {
  const wanted = [
    { path: join(comfyui, "user"), matters: /^[^/]+(\/workflows(\/.*)?)?$/ },
    { path: cec, matters: /^(workflows(\/.*)?|pyproject\.toml|\.comfydockignore)$/ },
  ];
  const found: WatchedRoot[] = [];
  for (const { path, matters } of wanted) {
    if (!await lookAt(path)) continue;
    const real = await Deno.realPath(path);
    found.push({ path: real, matters, mark: `${real}\0${(await Deno.stat(real)).ino}` });
  }
  return found;
}

/** Whether a file event may have changed a workflow; one that names no known path may. */
export function isChange(
  { kind, paths }: Pick<Deno.FsEvent, "kind" | "paths">,
  roots: readonly WatchedRoot[],
): boolean {
  if (kind === "access") return false;
  return paths.length === 0 || paths.some((path) => {
    const root = roots.find((one) => path === one.path || path.startsWith(one.path + sep));
    if (!root) return true;
    const below = relative(root.path, path).replaceAll(sep, "/");
    return below === "" || root.matters.test(below);
  });
}
