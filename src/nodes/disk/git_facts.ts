import { join, resolve } from "node:path";
import { baseErrors, isKind, readTextBounded, registerSecret } from "../../base/mod.ts";
import { isObjectId } from "../../tools/mod.ts";
import { parseGitConfig } from "../git_config.ts";

const MAX_BYTES = 1024 ** 2;
const MAX_PACKED_REFS = 32 * 1024 ** 2;

/** What the files of a working copy say, without starting git. */
export interface GitFacts {
  /** Absolute path of its `.git`. */
  readonly gitDirectory: string;
  /** Where `origin`, or else the first remote, fetches from; without credentials. */
  readonly repository?: string;
  /** The commit that HEAD names. */
  readonly commit?: string;
  /** The branch; absent when HEAD is detached. */
  readonly branch?: string;
  /** The registry id that ComfyUI-Manager noted. */
  readonly registryId?: string;
}

/**
 * Reads the facts of a working copy from its files; git is not started.
 *
 * @param directory The working copy.
 * @returns `undefined` when it is none.
 */
export async function readGitFacts(directory: string): Promise<GitFacts | undefined> {
  const gitDirectory = await findGitDirectory(directory);
  if (gitDirectory === undefined) return undefined;
  const head = (await readIfThere(join(gitDirectory, "HEAD")))?.trim();
  if (head === undefined) return undefined;
  // Of further working copies, settings and branches lie with the first one.
  const common = (await readIfThere(join(gitDirectory, "commondir")))?.trim();
  const shared = common === undefined ? gitDirectory : resolve(gitDirectory, common);
  const [config, cnrId] = await Promise.all([
    readIfThere(join(shared, "config")),
    readIfThere(join(gitDirectory, ".cnr-id")),
  ]);
  const ref = /^ref: (refs\/\S+)$/.exec(head)?.[1];
  return {
    gitDirectory,
    repository: remoteOf(config ?? ""),
    commit: ref === undefined
      ? (isObjectId(head) ? head : undefined)
      : await readRef(gitDirectory, shared, ref),
    branch: ref?.replace(/^refs\/heads\//, ""),
    registryId: cnrId?.trim().toLowerCase() || undefined,
  };
}

async function findGitDirectory(directory: string): Promise<string | undefined> {
  const path = join(directory, ".git");
  const info = await Deno.stat(path).catch(() => undefined);
  if (info?.isDirectory) return path;
  if (!info?.isFile) return undefined;
  const [, elsewhere] = /^gitdir: (.+)$/m.exec(await readIfThere(path) ?? "") ?? [];
  return elsewhere === undefined ? undefined : resolve(directory, elsewhere.trim());
}

async function readRef(own: string, shared: string, ref: string): Promise<string | undefined> {
  if (ref.split("/").includes("..")) return undefined;
  for (const directory of own === shared ? [own] : [own, shared]) {
    const loose = (await readIfThere(join(directory, ref)))?.trim();
    if (loose !== undefined && isObjectId(loose)) return loose;
  }
  const packed = await readIfThere(join(shared, "packed-refs"), MAX_PACKED_REFS) ?? "";
  const line = packed.split("\n").find((each) => each.trimEnd().endsWith(` ${ref}`));
  const commit = line?.slice(0, line.indexOf(" "));
  return commit !== undefined && isObjectId(commit) ? commit : undefined;
}

function remoteOf(config: string): string | undefined {
  const urls = parseGitConfig(config)
    .filter(({ section, name }) => section === "remote" && name === "url");
  const url = (urls.find(({ subsection }) => subsection === "origin") ?? urls[0])?.value;
  const [, scheme, credentials, rest] = /^(https?:\/\/)([^/@]*)@(.*)$/is.exec(url ?? "") ?? [];
  for (const part of credentials?.split(":") ?? []) registerSecret(part);
  return scheme === undefined ? url : `${scheme}${rest}`;
}

async function readIfThere(path: string, maxBytes = MAX_BYTES): Promise<string | undefined> {
  try {
    return await readTextBounded(path, maxBytes);
  } catch (error) {
    const passed = [baseErrors.FILE_NOT_FOUND, baseErrors.FILE_TOO_LARGE];
    if (passed.some((kind) => isKind(error, kind))) return undefined;
    throw error;
  }
}
