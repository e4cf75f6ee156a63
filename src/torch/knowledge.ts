import {
  invalidData,
  optional,
  parseToml,
  readAssetText,
  readList,
  readRecord,
  readText,
} from "../base/mod.ts";
import { parseNumbers } from "./version.ts";

const CONFIG = "config/torch_drivers.toml";

/** The driver that one CUDA release came with. */
export interface CudaDriver {
  readonly cuda: string;
  readonly linux: string;
  readonly windows: string;
}

/** A build of PyTorch for CUDA. */
export interface CudaBuild {
  readonly name: string;
  readonly cuda: string;
  /** Lowest compute capability that it holds code for. */
  readonly oldestGpu: string;
  /** Highest one; absent where newer GPUs can run it too. */
  readonly newestGpu?: string;
}

/** A build of PyTorch for ROCm. */
export interface RocmBuild {
  readonly name: string;
  readonly rocm: string;
  /** Architectures such as `gfx1100`. */
  readonly gpus: readonly string[];
}

/** What is known about drivers, GPUs and builds; `config/torch_drivers.toml`. */
export interface TorchKnowledge {
  readonly drivers: readonly CudaDriver[];
  readonly cudaBuilds: readonly CudaBuild[];
  readonly rocmBuilds: readonly RocmBuild[];
  readonly xpu: { readonly name: string; readonly gpus: RegExp };
}

/** Reads what ships with comfydock about drivers, GPUs and builds. */
export async function readTorchKnowledge(): Promise<TorchKnowledge> {
  const table = parseToml(await readAssetText(CONFIG), CONFIG);
  const cuda = readRecord(table.cuda, "cuda");
  const rocm = readRecord(table.rocm, "rocm");
  const xpu = readRecord(table.xpu, "xpu");
  return {
    drivers: rows(cuda.drivers, "cuda.drivers", (row, path) => ({
      cuda: version(row.cuda, `${path}.cuda`),
      linux: version(row.linux, `${path}.linux`),
      windows: version(row.windows, `${path}.windows`),
    })),
    cudaBuilds: rows(cuda.builds, "cuda.builds", (row, path) => ({
      name: readText(row.name, `${path}.name`),
      cuda: version(row.cuda, `${path}.cuda`),
      oldestGpu: version(row.oldest_gpu, `${path}.oldest_gpu`),
      newestGpu: optional(row.newest_gpu, `${path}.newest_gpu`, version),
    })),
    rocmBuilds: rows(rocm.builds, "rocm.builds", (row, path) => ({
      name: readText(row.name, `${path}.name`),
      rocm: version(row.rocm, `${path}.rocm`),
      gpus: readList(row.gpus, `${path}.gpus`).map((gpu) => readText(gpu, `${path}.gpus`)),
    })),
    xpu: {
      name: readText(xpu.name, "xpu.name"),
      gpus: new RegExp(readText(xpu.gpus, "xpu.gpus"), "i"),
    },
  };
}

function rows<Row>(
  value: unknown,
  path: string,
  read: (row: Readonly<Record<string, unknown>>, path: string) => Row,
): readonly Row[] {
  return readList(value, path).map((item, at) =>
    read(readRecord(item, `${path}[${at}]`), `${path}[${at}]`)
  );
}

function version(value: unknown, path: string): string {
  const text = readText(value, path);
  if (parseNumbers(text)) return text;
  throw invalidData(path, "a version", value);
}
