import { resolve } from "node:path";
import { ComfydockError, fileError, redact, registerSecret } from "../base/mod.ts";
import { bundleErrors } from "./errors.ts";

/** An environment in a git repository. */
export interface GitReference {
  readonly kind: "git";
  /** What git reads from. */
  readonly url: string;
  /** The same without credentials. */
  readonly shown: string;
  /** A branch, a tag or a commit; absent for what HEAD names. */
  readonly ref?: string;
  /** Where in the repository. */
  readonly subdirectory?: readonly string[];
}

/** A bundle on a server. */
export interface UrlReference {
  readonly kind: "url";
  readonly url: string;
  /** The same without credentials and query. */
  readonly shown: string;
}

/** What `import` was pointed at. */
export type BundleReference =
  | { readonly kind: "file" | "directory"; readonly path: string }
  | GitReference
  | UrlReference;

const ADDRESS = /^(?:[a-z][a-z0-9+.-]*:\/\/|[^/\\:@\s]+@[^/\\:@\s]+:)/i;
const MAX_LENGTH = 2_000;
/** Endings of what is fetched as one file; all else is a repository. */
const BUNDLE_NAME = /\.(?:tar\.(?:zst|gz)|cpack\.zip|json|ya?ml)$/i;

/**
 * Tells what is meant by a source: a file, its URL, a directory, or a git address `[@REF][#SUBDIRECTORY]`.
 *
 * A path that exists is that path; one that does not may end in a revision or a directory of a repository.
 *
 * @param cwd Absolute path that a relative one starts from.
 * @throws `BUNDLE_SOURCE_INVALID`, `FILE_NOT_FOUND`
 */
export async function readReference(text: string, cwd: string): Promise<BundleReference> {
  if (text.trim() === "" || text.length > MAX_LENGTH || /\p{Cc}|^-/u.test(text)) {
    throw invalid(text, "it names nothing");
  }
  if (ADDRESS.test(text)) return splitAddress(text);
  const path = resolve(cwd, text);
  const info = await statPath(path);
  if (info?.isDirectory) {
    return await isBare(path) ? gitAt(path, undefined, undefined) : { kind: "directory", path };
  }
  // What is neither is told when it is opened.
  if (info) return { kind: "file", path };
  const { address, ref, subdirectory } = split(text, 0);
  const repository = resolve(cwd, address);
  if ((ref ?? subdirectory) === undefined || !(await statPath(repository))?.isDirectory) {
    throw fileError("Cannot import", path, new Deno.errors.NotFound());
  }
  return gitAt(repository, ref, subdirectory);
}

function splitAddress(text: string): GitReference | UrlReference {
  // A sign in the part before the path belongs to the user.
  const head = /^(?:[a-z][a-z0-9+.-]*:\/\/[^/]*|[^/\\:]+:)/i.exec(text)?.[0] ?? "";
  const { address, ref, subdirectory } = split(text, head.length);
  const plain = text.replace(/[?#].*$/s, "");
  if (/^https?:/i.test(text) && BUNDLE_NAME.test(plain)) {
    const { shown } = gitAt(plain, undefined, undefined);
    return { kind: "url", url: text, shown };
  }
  return gitAt(address, ref, subdirectory);
}

function split(
  text: string,
  from: number,
): { readonly address: string; readonly ref?: string; readonly subdirectory?: string } {
  const hash = text.indexOf("#", from);
  const before = hash < 0 ? text : text.slice(0, hash);
  const at = before.indexOf("@", from);
  return {
    address: at < 0 ? before : before.slice(0, at),
    ref: at < 0 ? undefined : before.slice(at + 1),
    subdirectory: hash < 0 ? undefined : text.slice(hash + 1),
  };
}

function gitAt(
  url: string,
  ref: string | undefined,
  subdirectory: string | undefined,
): GitReference {
  if (ref !== undefined && !/^[\w][\w./+-]{0,199}$/.test(ref)) {
    throw invalid(ref, "it is no revision");
  }
  const parts = subdirectory?.split("/").filter((part) => part !== "");
  if (
    parts?.some((part) => part === "." || part === ".." || part === ".git" || /[\\:]/.test(part))
  ) {
    throw invalid(subdirectory!, "it leads out of the repository");
  }
  const [, user, password] = /^https?:\/\/([^/@:]*):?([^/@]*)@/i.exec(url) ?? [];
  for (const part of [user, password]) if (part) registerSecret(part);
  const shown = url.replace(/^(https?:\/\/)[^/@]*@/i, "$1");
  return { kind: "git", url, shown, ref, subdirectory: parts?.length ? parts : undefined };
}

async function isBare(path: string): Promise<boolean> {
  const [head, objects] = await Promise.all([
    statPath(resolve(path, "HEAD")),
    statPath(resolve(path, "objects")),
  ]);
  return head?.isFile === true && objects?.isDirectory === true;
}

async function statPath(path: string): Promise<Deno.FileInfo | undefined> {
  try {
    return await Deno.stat(path);
  } catch (error) {
    const { NotFound, NotADirectory } = Deno.errors;
    if (error instanceof NotFound || error instanceof NotADirectory) return undefined;
    throw fileError("Cannot read", path, error);
  }
}

function invalid(text: string, why: string): ComfydockError {
  const shown = redact(text.slice(0, 200));
  return new ComfydockError(
    bundleErrors.BUNDLE_SOURCE_INVALID,
    `Cannot import ${JSON.stringify(shown)}: ${why}`,
    {
      hint:
        "Name a bundle file or its URL, a directory, or a git address such as https://host/user/repo.git@main#directory",
      details: { source: shown },
    },
  );
}
