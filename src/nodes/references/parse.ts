import type { NodeReference } from "../types.ts";
import { type GitAddress, isRefName, readGitAddress, readInnerPath } from "./git_address.ts";
import { readPageAddress } from "./page_address.ts";
import { refuse } from "./refuse.ts";

/** What else is known of a reference. */
export interface ReferenceOptions {
  /** The pack is wanted from git. */
  readonly git?: boolean;
  /** The pack is a directory that stays where it is. */
  readonly dev?: boolean;
  /** Whether a text is the path of a directory that exists; by default none is. */
  readonly isDirectory?: (text: string) => boolean;
}

const MAX_LENGTH = 2_000;
// https://docs.comfy.org/registry/specifications: an id of the registry, and Manager's lower-case ones.
const ID = /^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,98}[A-Za-z0-9])?$/;
const VERSION = /^[A-Za-z0-9][A-Za-z0-9.+_-]{0,99}$/;
const PATH = /^(?:\.{1,2}(?:[/\\]|$)|[/\\]|~[/\\]|[A-Za-z]:[/\\])/;
const KNOWN_HOST =
  /^(?:www\.)?(?:github\.com|gitlab\.com|gitee\.com|codeberg\.org|bitbucket\.org)\//i;
/**
 * Reads how a person names a node pack; nothing is asked of the disk or the network.
 *
 * `id`, `id@version`; `https://…`, `ssh://…`, `git@host:path`, `file:///…`, each with `@ref` behind the path and
 * `#subdirectory=path` or `#path`; the address of a page of GitHub, GitLab, Gitee; `./path`, an absolute path, a
 * directory that exists.
 *
 * @throws `NODE_REFERENCE_INVALID`
 */
export function parseNodeReference(text: string, options: ReferenceOptions = {}): NodeReference {
  const value = text.trim();
  if (value === "") throw refuse(value, "it is empty");
  if (value.length > MAX_LENGTH) throw refuse(value, `it is longer than ${MAX_LENGTH} characters`);
  if (/\p{Cc}/u.test(value)) throw refuse(value, "it holds control characters");
  if (value.startsWith("-")) throw refuse(value, "it begins like an option");
  if (PATH.test(value)) return pathReference(value, options);
  if (/^[a-z0-9+.-]*::/i.test(value)) {
    throw refuse(value, "it names a transport helper, which could run programs");
  }
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(value) || /^[^/\\@:]+@[^/\\:]+:/.test(value)) {
    return gitReference(value, options);
  }
  if (KNOWN_HOST.test(value)) return gitReference(`https://${value}`, options);
  if (options.dev || options.isDirectory?.(value) && /[/\\]/.test(value)) {
    return pathReference(value, options);
  }
  if (/^[^/\\:]{2,}:[^/\\]/.test(value)) return gitReference(value, options);
  return registryReference(value);
}

function pathReference(path: string, { git }: ReferenceOptions): NodeReference {
  if (git) throw refuse(path, "it is a path, and --git wants the address of a repository");
  return { kind: "path", path };
}

function registryReference(value: string): NodeReference {
  const at = value.indexOf("@");
  const id = at < 0 ? value : value.slice(0, at);
  const version = at < 0 ? undefined : value.slice(at + 1);
  if (/^[\w.-]+\/[\w.-]+$/.test(value)) {
    throw refuse(value, "it could be a repository or a path", {
      hint: `Name https://github.com/${value} or ./${value}`,
    });
  }
  if (!ID.test(id)) throw refuse(value, "it is no registry id, no git address and no path");
  if (version !== undefined && !VERSION.test(version)) {
    throw refuse(value, "what follows the @ is no version");
  }
  return { kind: "registry", id, ...(version !== undefined && { version }) };
}

function gitReference(written: string, { dev }: ReferenceOptions): NodeReference {
  if (dev) throw refuse(written, "--dev wants a directory of this machine");
  const hash = written.indexOf("#");
  const text = (hash < 0 ? written : written.slice(0, hash)).replace(/^git\+/i, "");
  const address = readGitAddress(text, { file: true });
  if (typeof address === "string") throw refuse(written, address);
  const { path, ref } = splitRef(address.path);
  const page = readPageAddress({ ...address, path });
  if (typeof page === "string") throw refuse(written, page);
  const inner = hash < 0 ? undefined : subdirectoryOf(written.slice(hash + 1), written);
  const wanted = ref ?? page?.ref;
  if (wanted !== undefined && !isRefName(wanted)) {
    throw refuse(written, "what follows the @ is no branch, tag or commit");
  }
  const below = inner ?? page?.subdirectory;
  const subdirectory = below === undefined ? undefined : readInnerPath(below);
  if (below !== undefined && subdirectory === undefined) {
    throw refuse(written, "its subdirectory leads out of the repository");
  }
  return {
    kind: "git",
    url: urlOf(address, page?.path ?? path),
    ...(wanted !== undefined && { ref: wanted }),
    ...(subdirectory !== undefined && { subdirectory }),
  };
}

function urlOf({ before }: GitAddress, path: string): string {
  return `${before}${path}`.replace(/\/+$/, "");
}

// An @ that begins a segment belongs to the path, as in `/@user/repository`.
function splitRef(path: string): { path: string; ref?: string } {
  const [, front, ref] = /^(.*?[^/@])@(.*)$/s.exec(path) ?? [];
  return front === undefined ? { path } : { path: front, ref };
}

// `#subdirectory=a/b`, as pip has it also behind `egg=name&`; or the path alone.
function subdirectoryOf(fragment: string, written: string): string | undefined {
  if (fragment === "") return undefined;
  if (!fragment.includes("=")) return decoded(fragment, written);
  for (const part of fragment.split("&")) {
    const [name, value = ""] = part.split("=", 2);
    if (name === "subdirectory") return decoded(value, written);
  }
  return undefined;
}

function decoded(text: string, written: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw refuse(written, "its subdirectory is not encoded as in URLs");
  }
}
