import { resolve } from "node:path";
import { parseTorchIndex, type TorchIndex } from "../../pyproject/mod.ts";

/**
 * Reads the option `--torch-index`; a directory becomes absolute, because the manifest is read from another one.
 *
 * @throws `TORCH_BACKEND_INVALID`
 */
export function readTorchIndex(value: string | undefined): TorchIndex | undefined {
  if (value === undefined) return undefined;
  const index = parseTorchIndex(value);
  return index.flat ? parseTorchIndex(resolve(index.url)) : index;
}
