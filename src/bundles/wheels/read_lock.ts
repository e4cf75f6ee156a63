import { optional, parseToml, readList, readNumber, readRecord, readText } from "../../base/mod.ts";
import { normalizePackageName } from "../../pyproject/mod.ts";
import { type LockedSource, readLockedSource } from "./locked_source.ts";

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
  readonly source: LockedSource;
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
    .filter(({ source }) => source.kind !== "project");
}

function readPackage(data: Readonly<Record<string, unknown>>, at: string): LockedPackage {
  const source = readLockedSource(data.source, `${at}.source`);
  return {
    name: normalizePackageName(readText(data.name, `${at}.name`, 200)),
    version: optional(data.version, `${at}.version`, readText) ?? "",
    source,
    wheels: readList(data.wheels ?? [], `${at}.wheels`).map((file) => readFile(file, at)),
    sdist: data.sdist === undefined ? undefined : readFile(data.sdist, at, source),
  };
}

/** Sources that the lock names by their address alone have a digest here and nothing else. */
function readFile(value: unknown, at: string, source?: LockedSource): LockedFile {
  const data = readRecord(value, at);
  const own = source?.kind === "url" ? source.url : source?.kind === "local" ? source.path : "";
  const address = data.url ?? data.path ?? data.filename;
  const url = address === undefined && own !== "" ? own : readText(address, `${at}: a file`);
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
