import { parseToml, readAssetText, readList, readRecord, readText } from "../base/mod.ts";

const CONFIG = "config/comfyui.toml";

/** What is taken for granted about ComfyUI; `config/comfyui.toml`. */
export interface ComfyUIKnowledge {
  /** Condition on the Python (PEP 440) of a checkout that states none. */
  readonly requiresPython: string;
  /** Newest supported Python, such as `3.13`. */
  readonly newestPython: string;
  /** The Python to take when none that fits is installed, such as `3.12`. */
  readonly fallbackPython: string;
  /** The files that make a directory a ComfyUI. */
  readonly files: readonly string[];
  /** The directories that users and custom nodes fill. */
  readonly userDirectories: readonly string[];
}

/** Reads what ships with comfydock about ComfyUI. */
export async function readComfyUIKnowledge(): Promise<ComfyUIKnowledge> {
  const table = parseToml(await readAssetText(CONFIG), CONFIG);
  const python = readRecord(table.python, "python");
  const checkout = readRecord(table.checkout, "checkout");
  const texts = (value: unknown, path: string) =>
    readList(value, path).map((item) => readText(item, path));
  return {
    requiresPython: readText(python.requires, "python.requires"),
    newestPython: readText(python.newest, "python.newest"),
    fallbackPython: readText(python.fallback, "python.fallback"),
    files: texts(checkout.files, "checkout.files"),
    userDirectories: texts(checkout.user_directories, "checkout.user_directories"),
  };
}
