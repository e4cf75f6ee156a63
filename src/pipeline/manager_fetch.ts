import { join } from "node:path";
import {
  baseErrors,
  ComfydockError,
  exists,
  fileError,
  readRecord,
  readText,
  readTextBounded,
  type Reporter,
  writeFileAtomic,
} from "../base/mod.ts";
import { parseJsonText } from "../base/json_stream/mod.ts";
import type { HttpClient } from "../http/mod.ts";
import { MANAGER_FILES } from "./update_plan.ts";

/** The file that tells when Manager's data was fetched, and the ETag of each file. */
const STATE_FILE = ".etags.json";
const UPDATED_FILE = "last_updated.txt";
const MAX_FILE = 64 * 1024 * 1024;

/** What became of one of Manager's files. */
export interface FetchedFile {
  readonly name: string;
  readonly status: "fetched" | "unchanged";
  readonly bytes: number;
}

/** What fetching Manager's data works with. */
export interface ManagerFetch {
  readonly http: HttpClient;
  /** URL or directory that holds the files, plain or with `.gz`. */
  readonly source: string;
  /** Where they go. */
  readonly output: string;
  /** RFC 3339 UTC. */
  readonly now: string;
  readonly report: Reporter;
  readonly signal?: AbortSignal;
}

/**
 * Fetches ComfyUI-Manager's data; files that have not changed are not sent again.
 *
 * Each file is checked to be a JSON object before it takes the old one's place. `last_updated.txt` tells when.
 *
 * @throws `HTTP_STATUS` and the other errors of the network, `DATA_INVALID`, `FILE_UNWRITABLE`.
 */
export async function fetchManagerData(request: ManagerFetch): Promise<FetchedFile[]> {
  const { output, report, now } = request;
  const etags = await readEtags(output);
  const id = "manager";
  report.emit({
    kind: "started",
    id,
    label: "Fetching Manager's data",
    total: MANAGER_FILES.length,
    unit: "items",
  });
  const files: FetchedFile[] = [];
  for (const name of MANAGER_FILES) {
    const found = isUrl(request.source)
      ? await download(request, name, etags.get(name))
      : { text: await readLocal(request.source, name) };
    const path = join(output, name);
    if (found === undefined) {
      files.push({ name, status: "unchanged", bytes: (await Deno.stat(path)).size });
    } else {
      readRecord(parseJsonText(found.text, name), name);
      const bytes = new TextEncoder().encode(found.text);
      await writeFileAtomic(path, bytes);
      files.push({ name, status: "fetched", bytes: bytes.length });
      if (found.etag) etags.set(name, found.etag);
      else etags.delete(name);
    }
    report.emit({ kind: "advanced", id, by: 1 });
  }
  await writeFileAtomic(join(output, STATE_FILE), JSON.stringify(Object.fromEntries(etags)));
  await writeFileAtomic(join(output, UPDATED_FILE), `${now}\n`);
  report.emit({ kind: "finished", id });
  return files;
}

function isUrl(source: string): boolean {
  return /^https?:\/\//i.test(source);
}

interface Fetched {
  readonly text: string;
  readonly etag?: string;
}

/** Downloads a file, or its `.gz` where the plain one is missing; nothing when it has not changed. */
async function download(
  { http, source, output, signal }: ManagerFetch,
  name: string,
  etag: string | undefined,
): Promise<Fetched | undefined> {
  const base = source.replace(/\/+$/, "");
  const known = await exists(join(output, name)) ? etag : undefined;
  const request = { maxBytes: MAX_FILE, etag: known, signal };
  const plain = await http.send({ ...request, url: `${base}/${name}`, accept: [404] });
  const answer = plain.status === 404
    ? await http.send({ ...request, url: `${base}/${name}.gz` })
    : plain;
  if (answer.status === 304) return undefined;
  return { text: await unpackText(answer.body, name), etag: answer.etag };
}

async function readLocal(directory: string, name: string): Promise<string> {
  const plain = join(directory, name);
  if (await exists(plain)) return await readTextBounded(plain, MAX_FILE);
  const path = `${plain}.gz`;
  try {
    return await unpackText(await Deno.readFile(path), path);
  } catch (error) {
    throw fileError("Cannot read", path, error);
  }
}

/** The text of a file that may be packed with gzip, told by its first bytes, and bounded when unpacked. */
async function unpackText(bytes: Uint8Array<ArrayBuffer>, name: string): Promise<string> {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return new TextDecoder().decode(bytes);
  const decoder = new TextDecoder();
  let text = "";
  for await (
    const chunk of new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))
  ) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > MAX_FILE) {
      throw new ComfydockError(
        baseErrors.FILE_TOO_LARGE,
        `Cannot read "${name}": it unpacks to over ${MAX_FILE} bytes`,
      );
    }
  }
  return text + decoder.decode();
}

async function readEtags(output: string): Promise<Map<string, string>> {
  const path = join(output, STATE_FILE);
  if (!await exists(path)) return new Map();
  const entries = Object.entries(
    readRecord(parseJsonText(await readTextBounded(path, 10_000), path), "$"),
  );
  return new Map(entries.map(([name, value]) => [name, readText(value, `$.${name}`)]));
}
