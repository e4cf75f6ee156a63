/**
 * Measures BLAKE3 of a file of 2 GiB in the disk cache against `b3sum`, in turn, and the memory and the scan of it.
 *
 * A run of ours is one call in a running process, one of `b3sum` the whole process, which takes 2 ms to start.
 *
 * @module
 */
import { dirname, join } from "node:path";
import { projectRoot } from "../../tasks/run_deno.ts";
import { workspaceLayout } from "../../src/workspace/mod.ts";
import { rawSafetensors } from "../support/model_files.ts";
import { asBinary, hashingProgram, startHashing } from "./hashing_process.ts";
import { median, report } from "./measurement.ts";
import { costOf } from "./whole_process.ts";

const RUNS = 9;
const SIZE = 2 * 1024 ** 3;
const MIB = 1024 ** 2;
const SCANS = 5;
/** Bytes before the first tensor. */
const HEADER = 256;
const FILE = "BLAKE3 of 2 GiB in cache";

const memory = await Deno.stat("/dev/shm").then(() => "/dev/shm", () => undefined);
const directory = await Deno.makeTempDir({ prefix: "hashing_bench_", dir: memory });
const path = join(directory, "models", "model.safetensors");
try {
  await writeModel();
  await measureSpeed();
  const { code, peakMb } = await costOf(Deno.execPath(), [...hashingProgram, path, "3"]);
  if (code !== 0) throw new Error("Hashing failed");
  report({
    name: `${FILE}, two Workers, memory`,
    value: peakMb,
    unit: "MB",
    bound: 150,
    how: "peak of the process",
  });
  await measureScan();
} finally {
  await Deno.remove(directory, { recursive: true });
}

async function measureSpeed(): Promise<void> {
  await using binary = startHashing(path, asBinary);
  await using source = startHashing(path, {});
  const ways: Readonly<Record<string, () => Promise<number>>> = {
    "b3sum 1": () => b3sum(1),
    "binary 1": () => binary.run({ workers: 1 }),
    "source 1": () => source.run({ workers: 1 }),
    "b3sum 2": () => b3sum(2),
    "binary 2": () => binary.run({ workers: 2 }),
    "source 2": () => source.run({ workers: 2 }),
    "binary both": () => binary.run({ workers: 2, sha256: true }),
  };
  const times = Object.fromEntries(Object.keys(ways).map((name) => [name, [] as number[]]));
  for (let run = 0; run <= RUNS; run++) {
    for (const [name, way] of Object.entries(ways)) {
      const time = await way();
      // The first one fills caches and has the kernel compiled.
      if (run > 0) times[name]!.push(time);
    }
  }
  const speed = (name: string) => SIZE / 1e6 / median(times[name]!);
  const compare = (who: string, threads: number, bound?: number) => {
    const [our, their] = [speed(`${who} ${threads}`), speed(`b3sum ${threads}`)];
    report({
      name: `${FILE}, ${threads} Worker${threads > 1 ? "s" : ""}, of \`b3sum\`; ${
        who === "binary" ? "as in the binary" : "from source"
      }`,
      value: our / their,
      unit: "×",
      bound,
      atLeast: true,
      how: `${our.toFixed(2)} of ${their.toFixed(2)} GB/s, medians of ${RUNS} in turn`,
    });
  };
  compare("binary", 1, 0.42);
  compare("binary", 2, 0.38);
  compare("source", 1);
  compare("source", 2);
  report({
    name: "BLAKE3 and SHA-256 of 2 GiB in cache, one read",
    value: speed("binary both"),
    unit: "GB/s",
    how: `median of ${RUNS}`,
  });
}

/** Scans into an index that is empty each time. */
async function measureScan(): Promise<void> {
  const { root, modelIndex } = workspaceLayout(join(directory, "workspace"));
  const comfydock = ["run", "-A", join(projectRoot, "main.ts"), "--workspace", root];
  await costOf(Deno.execPath(), [...comfydock, "init", root]);
  const seconds: number[] = [];
  for (let run = 0; run <= SCANS; run++) {
    const args = [...comfydock, "model", "scan", dirname(path)];
    const cost = await costOf(Deno.execPath(), args);
    if (cost.code !== 0) throw new Error("The scan failed");
    await Deno.remove(modelIndex);
    if (run > 0) seconds.push(cost.seconds);
  }
  report({
    name: "`model scan` of a model of 2 GiB in cache",
    value: median(seconds) / (SIZE / 1e9),
    unit: "s per GB",
    bound: 1,
    how: `whole process, from source, median of ${SCANS}`,
  });
}

/** Hashes the file with `b3sum`; in milliseconds. */
async function b3sum(threads: number): Promise<number> {
  const args = ["--num-threads", String(threads), path];
  const started = performance.now();
  const { success } = await new Deno.Command("b3sum", { args, stdout: "null" }).output();
  if (!success) throw new Error("b3sum failed");
  return performance.now() - started;
}

async function writeModel(): Promise<void> {
  await Deno.mkdir(dirname(path));
  using file = await Deno.open(path, { write: true, createNew: true });
  const part = new Uint8Array(MIB);
  for (let at = 0; at < part.length; at += 65_536) {
    crypto.getRandomValues(part.subarray(at, at + 65_536));
  }
  // The header is filled up with spaces, as the format allows.
  const size = SIZE - HEADER;
  const tensor = { dtype: "U8", shape: [size], data_offsets: [0, size] };
  const header = rawSafetensors(JSON.stringify({ weight: tensor }).padEnd(HEADER - 8));
  for (let at = 0; at < SIZE; at += part.length) {
    part.fill(at / MIB, 0, HEADER);
    if (at === 0) part.set(header);
    for (let done = 0; done < part.length;) done += file.writeSync(part.subarray(done));
  }
}
