/** How long scans of many small models and searches in a large index take, as whole processes. */
import { join } from "node:path";
import { projectRoot } from "../../tasks/run_deno.ts";
import { ModelIndex, recordFile } from "../../src/models/index/mod.ts";
import { applyInit, planInit, workspaceLayout } from "../../src/workspace/mod.ts";
import { sampleModel } from "../support/model_files.ts";
import { measureProcess, median, report } from "./measurement.ts";

const FILES = 10_000;
const DIRECTORIES = 50;
const ROWS = 100_000;
const RUNS = 5;
const FOLDERS = ["checkpoints", "loras", "vae", "text_encoders", "diffusion_models"];

const root = await Deno.makeTempDir({ prefix: "comfydock-bench-" });
try {
  await scans(join(root, "scans"));
  await searches(join(root, "searches"));
} finally {
  await Deno.remove(root, { recursive: true });
}

async function scans(home: string): Promise<void> {
  const layout = await workspace(home);
  for (let at = 0; at < FILES; at++) {
    const directory = join(layout.defaultModels, "loras", `${at % DIRECTORIES}`);
    if (at < DIRECTORIES) await Deno.mkdir(directory, { recursive: true });
    Deno.writeFileSync(join(directory, `model-${at}.safetensors`), sampleModel(`${at}`));
  }
  const first: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    for (const suffix of ["", "-wal", "-shm"]) await removeIfThere(layout.modelIndex + suffix);
    const started = performance.now();
    await measureProcess(Deno.execPath(), argumentsOf(layout.root, ["scan"]), 0);
    first.push(performance.now() - started);
  }
  const seconds = (value: number) => value / 1000;
  const how = `whole process, from source, median of ${RUNS}`;
  const name = `\`model scan\` of ${FILES.toLocaleString("en")} small models`;
  report({ name: `${name}, first`, value: seconds(median(first)), unit: "s", bound: 5, how });
  const again = await measureProcess(Deno.execPath(), argumentsOf(layout.root, ["scan"]), RUNS);
  report({ name: `${name}, without changes`, value: seconds(again), unit: "s", bound: 0.7, how });
}

async function searches(home: string): Promise<void> {
  const layout = await workspace(home);
  using index = new ModelIndex(layout.modelIndex);
  index.transaction(() => {
    for (let at = 0; at < ROWS; at++) fill(index, at);
  });
  index.close();
  const how = "whole process, from source, median of 11";
  for (const words of [["model", "5123"], ["flux", "lora"], ["safetensors"], ["qq"]]) {
    const value = await measureProcess(
      Deno.execPath(),
      argumentsOf(layout.root, ["find", "--limit", "20", ...words]),
    );
    const name = `\`model find ${words.join(" ")}\` among ${ROWS.toLocaleString("en")}`;
    report({ name, value, unit: "ms", bound: 100, how });
  }
}

function fill(index: ModelIndex, at: number): void {
  const folder = FOLDERS[at % FOLDERS.length]!;
  const kind = ["sdxl", "flux", "wan", "qq"][at % 4]!;
  const place = {
    directory: "/models",
    relativePath: `${folder}/${kind}/model-${at}-${kind}-v${at % 7}.safetensors`,
    folder,
    size: at,
    mtimeNs: BigInt(at),
    inode: BigInt(at),
    device: 1n,
  };
  const blake3 = at.toString(16).padStart(64, "0");
  recordFile(index, place, { blake3, format: { kind: "safetensors", dtype: "F16" } }, "now");
}

async function workspace(home: string) {
  const layout = workspaceLayout(home);
  await applyInit(await planInit({ path: home, now: new Date().toISOString() }));
  return layout;
}

function argumentsOf(home: string, words: readonly string[]): readonly string[] {
  const main = join(projectRoot, "main.ts");
  return ["run", "-A", main, "--workspace", home, "model", ...words];
}

async function removeIfThere(path: string): Promise<void> {
  try {
    await Deno.remove(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
