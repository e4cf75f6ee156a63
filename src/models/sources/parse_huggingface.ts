import { invalidSource } from "./faults.ts";
import type { SourceHost, WrittenSource } from "./types.ts";

/** Names of owners and repositories, as the hub allows them. */
const NAME = /^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,95}[A-Za-z0-9_])?$/;
/** Pages of the site that look like owners. */
const NO_OWNERS = new Set(["api", "docs", "blog", "models", "collections", "papers", "settings"]);
const KINDS = new Set(["datasets", "spaces"]);
const VIEWS = new Set(["blob", "resolve", "raw", "tree"]);

/** Reads `OWNER/REPOSITORY[@REVISION]/PATH`. */
export function parseHuggingFaceWords(rest: string, written: string): WrittenSource {
  const segments = rest.split("/").map((segment) => decode(segment, written));
  const kind = KINDS.has(segments[0] ?? "") ? [segments.shift()!] : [];
  const [owner = "", named = "", ...more] = segments;
  const at = named.indexOf("@");
  const repository = at < 0 ? named : named.slice(0, at);
  const started = at < 0 ? undefined : named.slice(at + 1);
  const repo = repoName([...kind, owner, repository], written);
  const { revision, path } = started === undefined
    ? { revision: undefined, path: more }
    : splitRevision([started, ...more]);
  return toSource(repo, revision, path, written);
}

/** Reads an address of the site; nothing where it is neither a repository nor something in one. */
export function parseHuggingFaceUrl(
  url: URL,
  { endpoint }: SourceHost,
  written: string,
): WrittenSource | undefined {
  // A mirror may lie below a path of its host.
  const base = new URL(endpoint);
  const below = url.host === base.host ? base.pathname.replace(/\/$/, "") : "";
  if (!url.pathname.startsWith(`${below}/`)) return undefined;
  const segments = url.pathname.slice(below.length + 1).replace(/\/+$/, "").split("/")
    .map((segment) => decode(segment, written));
  const kind = KINDS.has(segments[0] ?? "") ? [segments.shift()!] : [];
  const [owner = "", repository, view, ...more] = segments;
  if (repository === undefined || NO_OWNERS.has(owner)) return undefined;
  const repo = repoName([...kind, owner, repository], written);
  if (view === undefined) return { kind: "repository", repo };
  if (!VIEWS.has(view) || more.length === 0) return undefined;
  const { revision, path } = splitRevision(more);
  if (view === "tree") {
    return { kind: "repository", repo, revision, folder: path.join("/") || undefined };
  }
  return toSource(repo, revision, path, written);
}

/** Revisions are one segment, or `refs/pr/N` and its like, which may be written with `%2F` too. */
function splitRevision(segments: readonly string[]) {
  const length = segments[0] === "refs" ? 3 : 1;
  return { revision: segments.slice(0, length).join("/"), path: segments.slice(length) };
}

function repoName(parts: readonly string[], written: string): string {
  const names = parts.slice(-2);
  if (!names.every((name) => NAME.test(name) && !/--|\.\./.test(name))) {
    throw invalidSource(written, "it does not name OWNER/REPOSITORY");
  }
  return parts.join("/");
}

function toSource(
  repo: string,
  revision: string | undefined,
  path: readonly string[],
  written: string,
): WrittenSource {
  if (revision !== undefined && !/^[\w][\w./-]{0,200}$/.test(revision)) {
    throw invalidSource(written, `"${revision}" is no revision`);
  }
  if (path.length === 0) return { kind: "repository", repo, revision };
  if (path.some((part) => part === "" || part === "." || part === ".." || part.includes("\\"))) {
    throw invalidSource(written, "its path leads nowhere");
  }
  const source = { type: "huggingface" as const, repo, file: path.join("/"), revision };
  return { kind: "source", source };
}

function decode(segment: string, written: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw invalidSource(written, `"${segment}" is not well encoded`);
  }
}
