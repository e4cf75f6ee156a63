const SCHEME = /^[a-z][a-z0-9+.-]*:\/\//;

/**
 * The form in which repository URLs are compared (FORMATS §3, "Manager packages").
 *
 * Lower case, without scheme, credentials, `www.`, query, fragment, `.git` and trailing `/`; raw files stand for
 * their repository or gist. A misspelt scheme (`htps://`) does no harm.
 *
 * @param url As published; also `git@host:user/repo`.
 * @returns Such as `github.com/user/repo`; an empty text stays empty.
 */
export function canonicalUrl(url: string): string {
  const lower = url.trim().toLowerCase().replace(/[?#][^]*$/, "");
  const scp = /^[\w.-]+@([\w.-]+):(?!\/)([^]*)$/.exec(lower);
  const [host, ...path] = (scp ? `${scp[1]}/${scp[2]}` : lower.replace(SCHEME, ""))
    .split("/")
    .filter((part) => part !== "");
  if (host === undefined) return "";
  const name = host.replace(/^.*@/, "").replace(/^(?:www\.)+/, "");
  if (name === "raw.githubusercontent.com") return joined("github.com", path.slice(0, 2));
  if (name === "gist.githubusercontent.com") return joined("gist.github.com", path.slice(0, 2));
  return joined(name, path);
}

function joined(host: string, path: readonly string[]): string {
  return path.length === 0 ? host : [host, ...path].join("/").replace(/(?:\.git|\/)+$/, "");
}

/**
 * The id of a package that only ComfyUI-Manager knows, from its canonical URL (FORMATS §3, "Manager packages").
 *
 * @returns `manager_<user>_<repo>`, `manager_gist_<hash>` or `manager_<host>_<path>`.
 */
export function managerId(canonical: string): string {
  const [host = "", ...path] = canonical.split("/");
  const parts = host === "github.com"
    ? path
    : host === "gist.github.com"
    ? ["gist", path[1] ?? path[0] ?? ""]
    : [host, ...path];
  return ["manager", ...parts]
    .join("_")
    .replaceAll("-", "_")
    .replace(/[^a-z0-9._]/g, "_")
    .slice(0, 90);
}

/** The repositories of ComfyUI itself, in canonical form. */
export const CORE_REPOSITORIES: readonly string[] = [
  "github.com/comfyanonymous/comfyui",
  "github.com/comfy-org/comfyui",
];

/** The registry's own id for what belongs to ComfyUI itself. */
export const CORE_PACKAGE = "comfy-core";
