import { createHash } from "node:crypto";
import { type ArchiveFile, writeArchive } from "../../src/archive/mod.ts";
import { renderIndex } from "../../src/bundles/render_index.ts";
import type { BundleFile } from "../../src/bundles/mod.ts";

const encode = (text: string) => new TextEncoder().encode(text);

/** SHA-256 in hex. */
export function sha256Of(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

const WEIGHTS = encode("weights ".repeat(300));

/** The manifest of the small bundle. */
export const SMALL_MANIFEST: string = `[project]
name = "small"
version = "0.1.0"
requires-python = "==3.13.*"
dependencies = []

[tool.comfydock]
version = "1.0.0"
comfyui_version = "v0.2.0"
comfyui_ref_type = "release"
comfyui_commit = "${"a".repeat(40)}"
python_version = "3.13"
torch_backend = "none"

[tool.comfydock.nodes.pack]
name = "pack"
tree_sha256 = "${"b".repeat(64)}"
source = "local"
directory = "pack"

[tool.comfydock.models.base]
name = "base.safetensors"
sha256 = "${sha256Of(WEIGHTS)}"
size = ${WEIGHTS.length}
sources = []
local_path = "checkpoints/base.safetensors"
criticality = "required"

[tool.comfydock.workflows.tracked.portrait]
file = "workflows/portrait.json"
`;

/** The files of a bundle that is right, by their paths. */
export function smallBundle(): Map<string, Uint8Array> {
  return new Map([
    [".python-version", encode("3.13\n")],
    ["pyproject.toml", encode(SMALL_MANIFEST)],
    ["uv.lock", encode('version = 1\nrequires-python = "==3.13.*"\n')],
    ["workflows/portrait.json", encode('{"nodes": []}')],
    ["nodes/pack/__init__.py", encode("NODE_CLASS_MAPPINGS = {}\n")],
    ["models/checkpoints/base.safetensors", WEIGHTS],
  ]);
}

/** What a test spoils. */
export interface BundleTwist {
  /** Changes what `bundle.json` lists. */
  readonly listed?: (files: BundleFile[]) => readonly BundleFile[];
  /** Changes the text of `bundle.json`. */
  readonly index?: (text: string) => string;
  /** Whether a `.zst` holds its bytes as they are. */
  readonly stored?: boolean;
  /** Changes what is in the archive. */
  readonly entries?: (files: ArchiveFile[]) => readonly ArchiveFile[];
}

/** Writes a bundle, right or spoilt. */
export async function writeBundle(
  path: string,
  files: ReadonlyMap<string, Uint8Array>,
  { listed = (all) => all, index = (text) => text, entries = (all) => all, stored }: BundleTwist =
    {},
): Promise<void> {
  const described = [...files].map(([path, bytes]) => ({
    path,
    size: bytes.length,
    sha256: sha256Of(bytes),
    executable: false,
  }));
  const text = renderIndex({ kind: "environment", name: "small", files: listed(described) });
  const packed = [...files, ["bundle.json", encode(index(text))] as const].map((
    [path, bytes],
  ): ArchiveFile => ({ path, size: bytes.length, content: () => [bytes] }));
  await writeArchive(path, entries(packed), { stored });
}
