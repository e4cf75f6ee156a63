import { readRecord, readText } from "../../base/mod.ts";

/** Where the files of a locked package come from. */
export type LockedSource =
  | { readonly kind: "registry"; readonly index: string }
  | {
    readonly kind: "git";
    readonly url: string;
    /** The full id. */
    readonly commit: string;
    readonly subdirectory?: string;
    /** Whether large files are fetched by git-lfs. */
    readonly lfs: boolean;
  }
  | { readonly kind: "url"; readonly url: string; readonly subdirectory?: string }
  /** On the machine where it was locked; the path is relative to the lock. */
  | { readonly kind: "local"; readonly path: string }
  /** The project itself, which installs nothing. */
  | { readonly kind: "project" };

const LOCAL = ["path", "directory", "editable", "virtual"];

/**
 * Reads the `source` of a package in `uv.lock`.
 *
 * @param at What messages call it.
 * @throws `DATA_INVALID`
 */
export function readLockedSource(value: unknown, at: string): LockedSource {
  const data = readRecord(value ?? {}, at);
  const text = (key: string) => readText(data[key], `${at}.${key}`, 4_000);
  const subdirectory = data.subdirectory === undefined ? undefined : text("subdirectory");
  if (data.git !== undefined) return readGit(text("git"));
  if (data.url !== undefined) return { kind: "url", url: text("url"), subdirectory };
  const local = LOCAL.find((key) => data[key] !== undefined);
  if (local === undefined) {
    return { kind: "registry", index: data.registry === undefined ? "" : text("registry") };
  }
  const path = text(local);
  return path === "." ? { kind: "project" } : { kind: "local", path };
}

/** uv writes `URL?rev=…&subdirectory=…#COMMIT`. */
function readGit(address: string): LockedSource {
  const [, url = address, query = "", commit = ""] = /^([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/s
    .exec(address) ?? [];
  const wishes = new URLSearchParams(query);
  return {
    kind: "git",
    url,
    commit,
    subdirectory: wishes.get("subdirectory") ?? undefined,
    lfs: wishes.get("lfs") === "true",
  };
}

/** The content of a `direct_url.json`. */
export type DirectUrl = Readonly<Record<string, unknown>>;

/**
 * What `direct_url.json` says of a package that comes from no index, so that uv finds it as the lock wants it.
 *
 * Format: https://packaging.python.org/en/latest/specifications/direct-url/
 *
 * @returns Nothing for what comes from an index, or from nowhere that another machine knows.
 */
export function directUrlOf(source: LockedSource): DirectUrl | undefined {
  switch (source.kind) {
    case "git": {
      const { url, commit, subdirectory } = source;
      return { url, vcs_info: { vcs: "git", commit_id: commit }, subdirectory };
    }
    case "url":
      return { url: source.url, archive_info: {}, subdirectory: source.subdirectory };
    default:
      return undefined;
  }
}
