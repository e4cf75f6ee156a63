import { basename } from "node:path";
import { ComfydockError, isKind } from "../../base/mod.ts";
import { type DownloadedFile, downloadErrors, downloadFile, httpErrors } from "../../http/mod.ts";
import { createBlake3 } from "../hashing/mod.ts";
import { gated, type ResolvedFile, resolveSource, sourceLabel } from "../sources/mod.ts";
import { refusePage } from "./refuse_page.ts";
import type { SpaceGuard } from "./space.ts";
import type { DownloadWorld, WantedModel, WantedSource } from "./types.ts";

const MAX_BYTES = 2 ** 40;
/** How long nothing may come, in milliseconds. */
const SILENCE_MS = 60_000;
/** Where another source waits, a dead one is not waited for long. */
const RETRIES_BEFORE_OTHERS = 1;

/** A file that a source gave, and that source as it was found. */
export interface Given {
  readonly file: DownloadedFile;
  readonly resolved: ResolvedFile;
}

/** Who looks after a transfer. */
export interface Watch {
  readonly space: SpaceGuard;
  /** Told how much there is, and how much there will be. */
  readonly onBytes: (done: number, total?: number) => void;
  /** Whether no other source is left. */
  readonly last: boolean;
}

/**
 * Fetches a model from one of its sources.
 *
 * @throws what asking the source and fetching the file throw
 */
export async function trySource(
  world: DownloadWorld,
  wanted: WantedModel,
  { source, choice }: WantedSource,
  watch: Watch,
): Promise<Given> {
  const hints = { digests: wanted.digests, name: basename(wanted.target) };
  const resolved = await resolveSource(world.sources, source, hints, choice);
  refuseOther(wanted, resolved);
  const file = await fetchFrom(world, wanted, resolved, watch);
  const promised = Object.keys({ ...resolved.digests, ...wanted.digests }).length > 0;
  if (!promised) await refusePage(file.path, sourceLabel(resolved.source));
  return { file, resolved };
}

/** A source that publishes other digests need not be fetched to know that it has another file. */
function refuseOther(wanted: WantedModel, { digests, source, size }: ResolvedFile): void {
  const label = sourceLabel(source);
  const details = { source: label };
  for (const [algorithm, published] of Object.entries(digests)) {
    const expected = wanted.digests[algorithm];
    if (expected === undefined || expected.toLowerCase() === published) continue;
    throw new ComfydockError(
      downloadErrors.DOWNLOAD_DIGEST_WRONG,
      `Cannot take "${wanted.name}" from ${label}: its ${algorithm} is ${published} there, expected ${expected}`,
      { hint: "Name another source, or another version of this one", details },
    );
  }
  if (size !== undefined && wanted.size !== undefined && size !== wanted.size) {
    throw new ComfydockError(
      downloadErrors.DOWNLOAD_LENGTH_WRONG,
      `Cannot take "${wanted.name}" from ${label}: it has ${size} bytes there, expected ${wanted.size}`,
      { hint: "Name another source, or another version of this one", details },
    );
  }
}

async function fetchFrom(
  world: DownloadWorld,
  wanted: WantedModel,
  resolved: ResolvedFile,
  { space, onBytes, last }: Watch,
): Promise<DownloadedFile> {
  const { target } = wanted;
  try {
    return await downloadFile(world.sources.http, {
      url: resolved.url,
      headers: resolved.headers,
      target,
      maxBytes: world.maxBytes ?? MAX_BYTES,
      size: wanted.size ?? resolved.size,
      expected: { ...resolved.digests, ...wanted.digests },
      digests: { blake3: () => createBlake3() },
      silenceMs: SILENCE_MS,
      retries: last ? undefined : RETRIES_BEFORE_OTHERS,
      checkSpace: (bytes) => space.claim(target, bytes),
      onBytes: (done, total) => {
        if (total !== undefined) space.left(target, total - done);
        onBytes(done, total ?? resolved.roughSize);
      },
      signal: world.signal,
    });
  } catch (error) {
    throw asGated(world, resolved, error);
  } finally {
    space.release(target);
  }
}

/** A refusal, or a login page in place of a file, told as what it is. */
function asGated(world: DownloadWorld, resolved: ResolvedFile, error: unknown): unknown {
  const { service, page, source } = resolved;
  if (service === undefined || page === undefined) return error;
  const known = world.sources.tokens[service] !== undefined;
  const refused = isKind(error, httpErrors.HTTP_STATUS) &&
    (error.details.status === 401 || error.details.status === 403);
  const login = isKind(error, downloadErrors.DOWNLOAD_NOT_A_FILE) && !known;
  return refused || login ? gated(service, sourceLabel(source), { page, known }) : error;
}
