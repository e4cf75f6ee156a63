import { join } from "node:path";
import { ComfydockError } from "../../base/mod.ts";
import type { HttpClient } from "../../http/mod.ts";
import { installUvFrom, sha256Of } from "./unpack.ts";

/** Where the releases of uv are published. */
export const UV_RELEASES = "https://github.com/astral-sh/uv/releases/download";

const MAX_ARCHIVE = 128 * 1024 ** 2;
const TIMEOUT = 600_000;

/**
 * The name of the release archive for a platform; uv names platforms as Rust does, and so does the runtime.
 *
 * @param target Such as `x86_64-unknown-linux-gnu`.
 */
export function releaseArchiveName(target: string): string {
  return `uv-${target}${target.includes("windows") ? ".zip" : ".tar.gz"}`;
}

/** What fetching a release needs. */
export interface ReleaseSource {
  readonly http: HttpClient;
  /** Address in whose place mirrors and tests put their own; default {@linkcode UV_RELEASES}. */
  readonly base?: string;
  readonly version: string;
  readonly signal?: AbortSignal;
}

/**
 * Fetches the release archive of uv, checks it against its published digest and unpacks it.
 *
 * @param target Where the executable belongs.
 * @returns Why it did not work; none when it did.
 */
export async function fetchUvRelease(
  { http, base = UV_RELEASES, version, signal }: ReleaseSource,
  target: string,
): Promise<readonly string[]> {
  const url = `${base.replace(/\/+$/, "")}/${version}/${releaseArchiveName(Deno.build.target)}`;
  const directory = await Deno.makeTempDir({ prefix: "comfydock-uv-" });
  try {
    const published = await http.send({ url: `${url}.sha256`, maxBytes: 10_000, signal });
    const wanted = /\b[0-9a-f]{64}\b/i.exec(published.text())?.[0].toLowerCase();
    if (wanted === undefined) return [`${url}.sha256: no digest in it`];
    const archive = await http.send({ url, maxBytes: MAX_ARCHIVE, timeoutMs: TIMEOUT, signal });
    const digest = await sha256Of(archive.body);
    if (digest !== wanted) return [`${url}: its SHA-256 is ${digest}, ${wanted} was published`];
    const path = join(directory, releaseArchiveName(Deno.build.target));
    await Deno.writeFile(path, archive.body);
    await installUvFrom(path, target, signal);
    return [];
  } catch (error) {
    if (!(error instanceof ComfydockError) || error.code === "INTERRUPTED") throw error;
    return [`${url}: ${error.message}`];
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}
