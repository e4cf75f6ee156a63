import type { GitAddress } from "./git_address.ts";

/** What the page of a repository shows. */
export interface PageFacts {
  /** The repository's own path, such as `user/repository`. */
  readonly path: string;
  readonly ref?: string;
  readonly subdirectory?: string;
}

// These hosts have their repositories at `user/repository`; what follows names a page.
const TWO_PARTS = /(?:^|\.)(?:github\.com|gitee\.com|codeberg\.org|bitbucket\.org)$/;
const GITLAB = /^gitlab\./;

/**
 * Reads the address of a page that people copy from their browser: `/tree/BRANCH/sub`, `/commit/SHA`,
 * `/releases/tag/TAG`, GitLab's `/-/tree/BRANCH/sub`.
 *
 * @returns `undefined` for what is the address of a repository already, or the reason why nothing can be added from it.
 */
export function readPageAddress(
  { host, scheme, path }: GitAddress,
): PageFacts | string | undefined {
  if (scheme !== "https" && scheme !== "http") return undefined;
  const clean = path.replace(/[?#].*$/s, "").replace(/\/+$/, "");
  const parts = clean.split("/").map(decode);
  if (GITLAB.test(host)) {
    const at = parts.indexOf("-");
    if (at < 2) return clean === path ? undefined : { path: clean };
    return pageOf(parts.slice(0, at), parts.slice(at + 1));
  }
  if (!TWO_PARTS.test(host) || host.startsWith("gist.")) return undefined;
  if (parts.length < 2) return "it names no repository";
  if (parts.length === 2) return clean === path ? undefined : { path: clean };
  return pageOf(parts.slice(0, 2), parts.slice(2));
}

function pageOf(repository: readonly string[], page: readonly string[]): PageFacts | string {
  const path = repository.join("/");
  const [kind, ...rest] = page;
  if ((kind === "tree" || kind === "src") && rest.length > 0) {
    // Gitea writes `src/branch/NAME`, `src/tag/NAME`.
    const names = kind === "src" && /^(?:branch|tag|commit)$/.test(rest[0]!) ? rest.slice(1) : rest;
    const [ref, ...below] = names;
    return { path, ref, ...(below.length > 0 && { subdirectory: below.join("/") }) };
  }
  if ((kind === "commit" || kind === "commits") && rest.length === 1) return { path, ref: rest[0] };
  if (kind === "releases" && rest[0] === "tag" && rest.length >= 2) {
    return { path, ref: rest.slice(1).join("/") };
  }
  if (kind === "blob" || kind === "raw") {
    return "it names a file; name its directory or its repository";
  }
  if (
    ["issues", "pull", "pulls", "wiki", "releases", "tags", "branches", "actions"].includes(kind!)
  ) {
    return { path };
  }
  return "it names a page that is no directory of a repository";
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    // A stray percent sign stands for itself.
    return part;
  }
}
