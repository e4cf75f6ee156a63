/** How fast a file is fetched from loopback to memory, beside `curl -o` of the same file. */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createHttpClient, downloadFile, type FileDownload } from "../../src/http/mod.ts";
import { createBlake3 } from "../../src/models/mod.ts";
import { median, report } from "./measurement.ts";

const BYTES = 2 ** 29;
const ROUNDS = 5;
const memory = await Deno.stat("/dev/shm").then(() => "/dev/shm", () => undefined);
const directory = await Deno.makeTempDir({ dir: memory });
const source = join(directory, "source.bin");
const target = join(directory, "target.bin");

const server = new Deno.Command(Deno.execPath(), {
  args: ["run", "-A", fileURLToPath(new URL("file_process.ts", import.meta.url)), source],
  stdout: "piped",
});

await writeSource();
const process = server.spawn();
try {
  const reader = process.stdout.getReader();
  const port = new TextDecoder().decode((await reader.read()).value).trim();
  const url = `http://127.0.0.1:${port}/`;
  const ways = {
    curl: () => curl(url),
    plain: () => fetchFile(url, {}),
    sha256: () => fetchFile(url, { sha256: true }),
    blake3: () => fetchFile(url, { blake3: () => createBlake3() }),
  };
  const rounds: Record<keyof typeof ways, number>[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    const times = {
      curl: await timeOf(ways.curl),
      plain: await timeOf(ways.plain),
      sha256: await timeOf(ways.sha256),
      blake3: await timeOf(ways.blake3),
    };
    // The first one warms everything up.
    if (round > 0) rounds.push(times);
  }
  const speed = (way: keyof typeof ways) => median(rounds.map((times) => times.curl / times[way]));
  const seconds = median(rounds.map(({ curl }) => curl));
  const how = `512 MiB to tmpfs, median of ${ROUNDS} in turn; curl ${
    (BYTES / seconds / 1e9).toFixed(2)
  } GB/s`;
  const unit = "%";
  report({
    name: "download, of `curl -o`",
    value: 100 * speed("plain"),
    unit,
    bound: 80,
    atLeast: true,
    how,
  });
  report({
    name: "download with SHA-256, of `curl -o`",
    ...{ value: 100 * speed("sha256"), unit, bound: 50, atLeast: true, how },
  });
  report({
    name: "download with BLAKE3, of `curl -o`",
    ...{ value: 100 * speed("blake3"), unit, bound: 50, atLeast: true, how },
  });
} finally {
  process.kill();
  await process.status;
  await Deno.remove(directory, { recursive: true });
}

async function writeSource(): Promise<void> {
  const block = crypto.getRandomValues(new Uint8Array(65_536));
  using file = await Deno.create(source);
  const blocks = new Uint8Array(64 * block.length);
  for (let at = 0; at < 64; at++) blocks.set(block, at * block.length);
  for (let at = 0; at < BYTES; at += blocks.length) await file.write(blocks);
}

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  const seconds = (performance.now() - started) / 1000;
  await Deno.remove(target);
  return seconds;
}

async function curl(url: string): Promise<void> {
  const { success } = await new Deno.Command("curl", { args: ["-s", "-o", target, url] }).output();
  if (!success) throw new Error("curl failed");
}

function fetchFile(url: string, digests: FileDownload["digests"]): Promise<unknown> {
  return downloadFile(createHttpClient(), { url, target, maxBytes: 2 * BYTES, digests });
}
