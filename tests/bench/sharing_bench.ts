/** Bundles: exports and imports as whole processes, against tar with zstd and against `create`, and their memory. */
import { join } from "node:path";
import { makeSampleComfyUI } from "../../src/demo/sample_comfyui/mod.ts";
import { editManifest, setModel } from "../../src/pyproject/mod.ts";
import { createRunner } from "../../src/tools/mod.ts";
import { projectRoot } from "../../tasks/run_deno.ts";
import { uvProgram } from "../support/uv_program.ts";
import { median, report } from "./measurement.ts";
import { costOf } from "./whole_process.ts";

const RUNS = 5;
const GB = 1_000_000_000;
/** What is packed against tar, in bytes; it cannot be compressed, as models hardly can. */
const PACKED = GB;
/** What is streamed for the sake of memory, in bytes. */
const STREAMED = 5 * GB;
const CHUNK = 1 << 16;

const root = await Deno.makeTempDir({ prefix: "comfydock-bench-" });
const source = join(root, "sample");
const models = join(root, "ws", "comfydock_cache", "models");
Deno.env.set("COMFYDOCK_HOME", join(root, "ws"));
Deno.env.set("COMFYDOCK_UV", await uvProgram());
Deno.env.set("COMFYDOCK_UV_CACHE_DIR", join(root, "uv-cache"));
const main = ["run", "-A", join(projectRoot, "main.ts")];

async function comfydock(...args: string[]) {
  const cost = await costOf(Deno.execPath(), [...main, ...args]);
  if (cost.code !== 0) throw new Error(`comfydock ${args.join(" ")} ended with ${cost.code}`);
  return cost;
}

async function setModels(name: string, sizes: Readonly<Record<string, number>>): Promise<void> {
  const path = join(root, "ws", "environments", name, ".cec", "pyproject.toml");
  const edits = Object.entries(sizes).map(([key, size]) =>
    setModel({
      key,
      name: `${key}.bin`,
      size,
      sources: [],
      localPath: `checkpoints/${key}.bin`,
      criticality: "required",
    })
  );
  await Deno.writeTextFile(path, editManifest(await Deno.readTextFile(path), edits, path));
}

async function timed(program: string, args: readonly string[]): Promise<number> {
  const started = performance.now();
  const { success } = await new Deno.Command(program, { args: [...args] }).output();
  if (!success) throw new Error(`${program} ${args.join(" ")}`);
  return (performance.now() - started) / 1000;
}

const words = ["--torch-backend", "none", "--comfyui-source", source];
const create = async (name: string) => (await comfydock("create", name, ...words)).seconds;

try {
  await makeSampleComfyUI(source, createRunner({ env: Deno.env.toObject() }));
  await comfydock("init", join(root, "ws"));
  await create("warm");
  await comfydock("use", "warm");
  await withoutModels();
  await againstTar();
  await memory();
} finally {
  await Deno.remove(root, { recursive: true });
}

async function withoutModels(): Promise<void> {
  const file = join(root, "small.tar.zst");
  const exports: number[] = [];
  const imports: number[] = [];
  const creates: number[] = [];
  const copies: number[] = [];
  await comfydock("export", file);
  for (let turn = 0; turn < RUNS; turn++) {
    exports.push((await comfydock("export", file)).seconds);
    creates.push(await create(`created-${turn}`));
    const name = ["--name", `imported-${turn}`, "--comfyui-source", source];
    imports.push((await comfydock("import", file, ...name)).seconds);
    const started = performance.now();
    await Deno.copyFile(file, join(root, "copy"));
    copies.push((performance.now() - started) / 1000);
  }
  report({
    name: "`export` without models",
    value: median(exports),
    unit: "s",
    bound: 0.5,
    how: `whole process, from source, median of ${RUNS}`,
  });
  report({
    name: "`import`, warm, over `create` and copying the bundle",
    value: median(imports) - median(creates) - median(copies),
    unit: "s",
    bound: 1,
    how: `${median(imports).toFixed(2)} s against ${
      median(creates).toFixed(2)
    } s, medians of ${RUNS} in turn`,
  });
}

async function againstTar(): Promise<void> {
  const directory = join(models, "checkpoints");
  await Deno.mkdir(directory, { recursive: true });
  const path = join(directory, "random.bin");
  {
    using file = await Deno.open(path, { write: true, create: true });
    const chunk = new Uint8Array(CHUNK);
    for (let written = 0; written < PACKED;) {
      crypto.getRandomValues(chunk);
      written += await file.write(chunk.subarray(0, PACKED - written));
    }
  }
  await setModels("warm", { random: PACKED });
  const file = join(root, "large.tar.zst");
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let turn = 0; turn < RUNS; turn++) {
    ours.push((await comfydock("export", file, "--with-models")).seconds);
    await Deno.remove(file);
    const line = `tar -cf - -C '${models}' checkpoints/random.bin | zstd -q -1 -o '${file}'`;
    theirs.push(await timed("sh", ["-c", line]));
    await Deno.remove(file);
  }
  report({
    name: "packing 1 GB of models, speed against `tar` into `zstd -1`",
    value: median(theirs) / median(ours),
    unit: "×",
    bound: 0.8,
    atLeast: true,
    how: `${median(ours).toFixed(2)} s with digests against ${
      median(theirs).toFixed(2)
    } s, in turn`,
  });
  await Deno.remove(path);
}

async function memory(): Promise<void> {
  const path = join(models, "checkpoints", "random.bin");
  // A file of holes: what is in it does not matter, and writing it would be most of the time.
  await Deno.writeFile(path, new Uint8Array(0));
  await Deno.truncate(path, STREAMED);
  await setModels("warm", { random: STREAMED });
  const file = join(root, "large.tar.zst");
  const exported = await comfydock("export", file, "--with-models");
  await Deno.remove(path);
  const name = ["--name", "large", "--comfyui-source", source];
  const imported = await comfydock("import", file, ...name);
  for (const [what, { peakMb, seconds }] of [["export", exported], ["import", imported]] as const) {
    report({
      name: `memory of \`${what}\` with 5 GB of models`,
      value: peakMb,
      unit: "MB",
      bound: 200,
      how: `largest resident memory of the process, ${seconds.toFixed(0)} s`,
    });
  }
}
