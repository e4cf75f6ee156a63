import { ComfydockError, redact, throwIfAborted, writePacked } from "../../base/mod.ts";
import { isGzip, parseMappings, unpackGzip } from "../../mappings/mod.ts";
import { nodeErrors } from "../errors.ts";
import { findPublishedFile, MAX_BYTES, parsePlace } from "../index/published.ts";
import { type PullNote, readNote, writeNote } from "./note.ts";
import type { Pulled, PullRequest } from "./types.ts";

/** A published file as it came. */
interface Fetched {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly etag?: string;
  /** What the `.sha256` beside it says. */
  readonly published?: string;
}

/**
 * Pulls published node mappings into a file: the first of several places that has them, checked before they are taken.
 *
 * @throws `NODE_INDEX_SOURCE_INVALID`; with one place what it fails with, with several `MAPPINGS_NOT_PULLED`;
 * `FILE_UNWRITABLE`, `DISK_FULL`, `INTERRUPTED`
 */
export async function pullMappings(request: PullRequest): Promise<Pulled> {
  const { sources, report, signal } = request;
  const places = sources.map((source) => ({ source, place: parsePlace(source) }));
  const failures: ComfydockError[] = [];
  for (const one of places) {
    try {
      return await pullFrom(one, request);
    } catch (error) {
      if (!(error instanceof ComfydockError) || signal?.aborted) throw error;
      if (places.length === 1) throw error;
      failures.push(error);
      report.emit({ kind: "warned", code: error.code, message: `${error.message}; next place` });
    }
  }
  throw new ComfydockError(
    nodeErrors.MAPPINGS_NOT_PULLED,
    `Cannot pull node mappings: none of ${places.length} places has them`,
    {
      hint: "Name another place with --from",
      details: { failures: failures.map(({ message }) => message) },
    },
  );
}

async function pullFrom(
  { source, place }: { readonly source: string; readonly place: ReturnType<typeof parsePlace> },
  request: PullRequest,
): Promise<Pulled> {
  const known = await readNote(request.target);
  const name = redact(source);
  const note = known?.source === name ? known : undefined;
  const fetched = place.kind === "url"
    ? await download(place.url, note, request)
    : { bytes: await (await findPublishedFile(place.path)).read() };
  if (!fetched) {
    const { etag: _, ...facts } = note!;
    const given = verify(name, facts.sha256, request.sha256, undefined);
    return { changed: false, ...facts, verified: given === "given" ? given : facts.verified };
  }
  throwIfAborted(request.signal);
  const sha256 = await digestOf(fetched.bytes);
  const verified = verify(name, sha256, request.sha256, fetched.published);
  const plain = isGzip(fetched.bytes) ? await unpackGzip(fetched.bytes, name) : fetched.bytes;
  const { generated_at, packages, mappings } = parseMappings(plain, name);
  const facts: PullNote = {
    source: name,
    sha256,
    verified,
    generated_at,
    packages: Object.keys(packages).length,
    signatures: Object.keys(mappings).length,
  };
  const changed = known?.sha256 !== sha256;
  if (changed) await writePacked(request.target, [plain], { signal: request.signal });
  await writeNote(request.target, fetched.etag ? { ...facts, etag: fetched.etag } : facts);
  return { changed, ...facts };
}

/** Nothing when the file has not changed since it was noted. */
async function download(
  url: string,
  note: PullNote | undefined,
  { http, signal }: PullRequest,
): Promise<Fetched | undefined> {
  const answer = await http.send({ url, maxBytes: MAX_BYTES, etag: note?.etag, signal });
  if (answer.status === 304 && note) return undefined;
  const beside = new URL(url);
  beside.pathname += ".sha256";
  const checksum = await http.send({ url: beside, maxBytes: 4096, accept: [403, 404], signal });
  const published = checksum.status === 200
    ? /^([0-9a-f]{64})(?:\s|$)/i.exec(checksum.text())?.[1]?.toLowerCase() ?? ""
    : undefined;
  return { bytes: answer.body, etag: answer.etag, published };
}

/** Tells what vouches for a digest, or refuses it. */
function verify(
  name: string,
  sha256: string,
  given: string | undefined,
  published: string | undefined,
): Pulled["verified"] {
  for (const expected of [given?.toLowerCase(), published]) {
    if (expected === undefined || expected === sha256) continue;
    throw new ComfydockError(
      nodeErrors.MAPPINGS_CHECKSUM,
      `Cannot take the node mappings of "${name}": they do not have the checksum that they should`,
      { hint: "Try again later, or another place", details: { expected, found: sha256 } },
    );
  }
  return given !== undefined ? "given" : published !== undefined ? "published" : "none";
}

/** The SHA-256 in hex. */
async function digestOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
}
