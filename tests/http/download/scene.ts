import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { ComfydockError } from "../../../src/base/mod.ts";
import {
  createHttpClient,
  downloadFile,
  type FileDownload,
  type HttpClientOptions,
} from "../../../src/http/mod.ts";
import { type OfferedFile, seededBytes, serveFile } from "../../support/file_server.ts";
import { patientClock } from "../../support/http_server.ts";

/** What the servers offer unless a test says otherwise. */
export const BYTES = seededBytes(300_000);
export const SHA256 = sha256(BYTES);

/** In hex. */
export function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** A server with one file, and a place to put it. */
export interface Scene {
  readonly target: string;
  readonly requests: readonly Request[];
  readonly url: string;
  fetch(extra?: Partial<FileDownload>): ReturnType<typeof downloadFile>;
  names(): Promise<string[]>;
}

/** Runs a body with a server that offers a file. */
export async function withFile(
  offer: (request: Request, count: number) => OfferedFile | Response,
  body: (scene: Scene) => Promise<void>,
  options: HttpClientOptions = {},
): Promise<void> {
  const directory = await Deno.makeTempDir();
  await using server = serveFile(offer);
  const target = join(directory, "model.safetensors");
  const http = createHttpClient({ clock: patientClock(), retries: 3, ...options });
  try {
    await body({
      target,
      requests: server.requests,
      url: `${server.url}/file`,
      fetch: (extra = {}) =>
        downloadFile(http, { url: `${server.url}/file`, target, maxBytes: 1e6, ...extra }),
      names: async () =>
        (await Array.fromAsync(Deno.readDir(directory))).map(({ name }) => name).sort(),
    });
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}

/** Holds that work ends with an error of ours. */
export async function assertFails(
  work: Promise<unknown>,
  code: string,
  words: RegExp,
): Promise<ComfydockError> {
  let found: ComfydockError | undefined;
  await assert.rejects(work, (error) => {
    assert.ok(error instanceof ComfydockError, String(error));
    assert.equal(error.code, code, error.message);
    assert.match(error.message, words);
    found = error;
    return true;
  });
  assert.ok(found);
  return found;
}
