/** Ends of names that ComfyUI and the well-known packs load models from. */
const MODEL_FILE = /\.(safetensors|sft|ckpt|pt|pt2|pth|bin|pkl|gguf|onnx|engine)$/i;

const MAX_NAME_LENGTH = 1_000;

/** Whether a text names a model file. */
export function isModelFile(text: string): boolean {
  return text.length <= MAX_NAME_LENGTH && MODEL_FILE.test(text) && !/[\n\r]|:\/\//.test(text);
}

/** The last part of a path, whatever its separators. */
export function baseName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);
}
