import { counted } from "../../base/mod.ts";
import { resolve } from "node:path";
import { inspectBundle } from "../../bundles/mod.ts";
import { formatBytes, type Outcome, type Style } from "../../output/mod.ts";
import type { CommandContext, CommandInput } from "../types.ts";

/** What `bundle inspect` tells. */
export interface InspectData {
  readonly file: string;
  readonly kind: "environment" | "workflow";
  readonly tool: string;
  readonly name: string;
  readonly comfyui: { readonly version: string | null; readonly commit: string | null };
  readonly python: string | null;
  readonly torch_backend: string | null;
  readonly lock: boolean;
  readonly nodes: readonly {
    readonly id: string;
    readonly version: string | null;
    readonly source: string;
    readonly packed: boolean;
  }[];
  readonly models: readonly {
    readonly key: string;
    readonly size: number | null;
    readonly packed: boolean;
  }[];
  readonly workflows: readonly string[];
  readonly files: number;
  readonly bytes: number;
}

/** Looks into a bundle, after all of it was checked. */
export async function run(
  { args: [text = ""] }: CommandInput,
  { signal }: CommandContext,
): Promise<Outcome<InspectData>> {
  const file = resolve(text);
  const { comfyui, python = null, torchBackend, hasLock, nodes, models, ...rest } =
    await inspectBundle(file, signal);
  const { version = null, commit = null } = comfyui;
  return {
    data: {
      file,
      ...rest,
      comfyui: { version, commit },
      python,
      torch_backend: torchBackend ?? null,
      lock: hasLock,
      nodes: nodes.map(({ version = null, ...node }) => ({ ...node, version })),
      models: models.map(({ size = null, ...model }) => ({ ...model, size })),
    },
  };
}

/** What it holds. */
export function view(data: InspectData, style: Style): string[] {
  const { name, kind, tool, comfyui, python, torch_backend, nodes, models, workflows } = data;
  const packed = (is: boolean) => is ? "packed" : style.dim("not packed");
  return [
    `${style.bold(name)}, ${kind}, written by ${tool}`,
    `  ComfyUI ${comfyui.version ?? "?"} (${comfyui.commit?.slice(0, 8) ?? "?"}), Python ${
      python ?? "?"
    }, PyTorch ${torch_backend ?? "?"}${data.lock ? "" : ", without uv.lock"}`,
    ...nodes.map(({ id, version, packed: is }) =>
      `  Node pack ${id}${version === null ? "" : ` ${version.slice(0, 12)}`}, ${packed(is)}`
    ),
    ...models.map(({ key, size, packed: is }) =>
      `  Model ${key}${size === null ? "" : `, ${formatBytes(size)}`}, ${packed(is)}`
    ),
    ...workflows.map((key) => `  Workflow ${key}`),
    `  ${counted(data.files, "file")}, ${formatBytes(data.bytes)}, every digest is right`,
  ];
}
