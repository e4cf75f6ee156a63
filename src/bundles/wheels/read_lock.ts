import { optional, parseToml, readList, readNumber, readRecord, readText } from "../../base/mod.ts";
import { normalizePackageName } from "../../pyproject/mod.ts";

/** A file that a lock names. */
export interface LockedFile {
  /** Its name, decoded. */
  readonly file: string;
  /** An address, or a path. */
  readonly url: string;
  /** In hex; absent where the index did not say it. */
  readonly sha256?: string;
  /** In bytes. */
  readonly size?: number;
}

/** A package of a lock. */
export interface LockedPackage {
  /** Normalised. */
  readonly name: string;
  readonly version: string;
  /** Such as `registry`, `git` or `virtual`. */
  readonly source: string;
  readonly wheels: readonly LockedFile[];
  readonly sdist?: LockedFile;
}

/**
 * Reads the packages of a `uv.lock` with their files, save the project itself.
 *
 * @param where What messages call it.
 * @throws `DATA_INVALID`
 */
export function readLockedPackages(lockText: string, where: string): readonly LockedPackage[] {
  return readList(parseToml(lockText, where).package ?? [], `${where}: package`)
    .map((value) => readPackage(readRecord(value, `${where}: package`), `${where}: package`))
    .filter(({ source, own }) => source !== "virtual" && !own)
    .map(({ own: _, ...rest }) => rest);
}

function readPackage(
  data: Readonly<Record<string, unknown>>,
  at: string,
): LockedPackage & { readonly own: boolean } {
  const name = normalizePackageName(readText(data.name, `${at}.name`, 200));
  const source = readRecord(data.source ?? {}, `${at}.source`);
  return {
    name,
    version: optional(data.version, `${at}.version`, readText) ?? "",
    source: Object.keys(source)[0] ?? "registry",
    wheels: readList(data.wheels ?? [], `${at}.wheels`).map((file) => readFile(file, at)),
    sdist: data.sdist === undefined ? undefined : readFile(data.sdist, at),
    own: source.editable === ".",
  };
}

function readFile(value: unknown, at: string): LockedFile {
  const data = readRecord(value, at);
  const url = readText(data.url ?? data.path ?? data.filename, `${at}: a file`);
  const [, sha256] = /^sha256:([0-9a-f]{64})$/.exec(
    optional(data.hash, `${at}.hash`, readText) ?? "",
  ) ?? [];
  return { file: nameIn(url), url, sha256, size: optional(data.size, `${at}.size`, readNumber) };
}

function nameIn(url: string): string {
  const last = url.replace(/[?#].*$/s, "").split("/").at(-1) ?? "";
  try {
    return decodeURIComponent(last);
  } catch {
    // No name of a wheel looks like this, so none will be found under it.
    return last;
  }
}
