/** What the address of a requirement says about the package behind it. */
export interface PackageAddress {
  /** As `name @ url` takes it. */
  readonly url: string;
  /** From `#egg=`, with its extras, or from the name of the file. */
  readonly name: string;
  /** Whether the name is a guess from the name of a repository. */
  readonly guessed: boolean;
  /** Whether it was no `git+` address, but can only be meant as one. */
  readonly madeGit: boolean;
}

const ARCHIVE = /\.(?:tar\.gz|tgz|tar\.bz2|tar\.xz|zip)$/i;

/**
 * Reads an address that stands without a name in front.
 *
 * @param written Such as `git+https://host/user/repo.git@ref#egg=name`, or the address of a wheel.
 * @returns `undefined` where nothing tells the package.
 */
export function readAddress(written: string): PackageAddress | undefined {
  const { address, fragment } = cutFragment(asUrl(written));
  const madeGit = !/^git\+/i.test(written) && /^git\+/i.test(address);
  const egg = fragment.get("egg") ?? undefined;
  fragment.delete("egg");
  const rest = [...fragment].map(([key, value]) => `${key}=${value}`).join("&");
  const url = rest === "" ? address : `${address}#${rest}`;
  if (egg !== undefined && egg !== "") return { url, name: eggName(egg), guessed: false, madeGit };
  const pathname = pathOf(address);
  if (/^git\+/i.test(address)) {
    const repository = pathname.split("@")[0]!.replace(/\/+$/, "").replace(/\.git$/i, "");
    const name = lastSegment(repository);
    return name === "" ? undefined : { url, name, guessed: true, madeGit };
  }
  const file = lastSegment(pathname);
  const named = nameOfFile(file);
  if (named !== undefined) return { url, name: named, guessed: false, madeGit };
  // A host's archive of a repository: /user/repo/archive/…zip, /user/repo/-/archive/…, /user/repo/zipball/….
  const [, repository] =
    /^\/[^/]+\/([^/]+)\/(?:-\/)?(?:archive|zipball|tarball|zip|tar\.gz)\//.exec(
      pathname,
    ) ?? [];
  return repository === undefined ? undefined : { url, name: repository, guessed: true, madeGit };
}

/** Takes credentials out of an address; `git@` of ssh is none. */
export function withoutCredentials(url: string): string {
  return url
    .replace(/^((?:git\+)?https?:\/\/)[^/@\s]+@/i, "$1")
    .replace(/^(git\+ssh:\/\/[^/@:\s]+):[^/@\s]*@/i, "$1@");
}

// git's own form `git@host:user/repo`, repositories without `git+` in front.
function asUrl(written: string): string {
  const scp = /^(?:git\+)?([\w.-]+@[\w.-]+):(?!\/\/)\/?(.+)$/i.exec(written);
  if (scp) return `git+ssh://${scp[1]}/${scp[2]}`;
  if (/^ssh:\/\//i.test(written)) return `git+${written}`;
  const isRepository = /^https?:\/\/[^#?]+\.git(?:@[^#/]+)?(?:#.*)?$/i.test(written) ||
    /^https:\/\/(?:www\.)?(?:github|gitlab)\.com\/[^/#?]+\/[^/#?]+\/?(?:#.*)?$/i.test(written);
  return isRepository && !ARCHIVE.test(cutFragment(written).address) ? `git+${written}` : written;
}

function cutFragment(url: string): { address: string; fragment: URLSearchParams } {
  const at = url.indexOf("#");
  if (at < 0) return { address: url, fragment: new URLSearchParams() };
  return { address: url.slice(0, at), fragment: new URLSearchParams(url.slice(at + 1)) };
}

function eggName(egg: string): string {
  // Older pips took a version behind the name: `#egg=name-1.0`, `#egg=name==1.0`.
  return egg.replace(/[=<>!~].*$/s, "").replace(/-\d[\w.+!]*$/, "");
}

function pathOf(url: string): string {
  const path = /^[a-z][a-z0-9+.-]*:\/\/[^/]*(\/[^?#]*)/i.exec(url)?.[1] ?? "";
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function lastSegment(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

function nameOfFile(file: string): string | undefined {
  if (/\.whl$/i.test(file)) return /^([A-Za-z0-9](?:[\w.]*[A-Za-z0-9])?)-[^-]+-/.exec(file)?.[1];
  if (!ARCHIVE.test(file)) return undefined;
  return /^([A-Za-z][\w.-]*?)-\d[^-]*$/.exec(file.replace(ARCHIVE, ""))?.[1];
}
