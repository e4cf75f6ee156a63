import { join } from "node:path";
import { writeFileAtomic } from "../../base/mod.ts";
import type { EnvironmentLayout } from "../../workspace/mod.ts";

const IGNORED =
  `# What never belongs into the history of an environment: heavy, secret or made by programs.
.venv
__pycache__/
*.tmp
*.bak
*.log
.env
.env.*
*.pem
*.key
*.safetensors
*.ckpt
*.pt
*.pth
*.bin
*.gguf
*.onnx
`;

const COMFYDOCK_IGNORE =
  `# Workflows that comfydock leaves alone, one pattern a line as in .gitignore.
`;

// Bytes come back as they went in, on every system.
const ATTRIBUTES = "* -text\n";

/** Writes the files of a new `.cec`, save the lock. */
export async function writeEnvironmentFiles(
  { cec, manifest, ignoreFile, pythonVersion, workflows }: EnvironmentLayout,
  content: { readonly manifest: string; readonly python: string },
): Promise<void> {
  await writeFileAtomic(manifest, content.manifest);
  await writeFileAtomic(pythonVersion, `${content.python}\n`);
  await writeFileAtomic(ignoreFile, COMFYDOCK_IGNORE);
  await writeFileAtomic(join(cec, ".gitignore"), IGNORED);
  await writeFileAtomic(join(cec, ".gitattributes"), ATTRIBUTES);
  await Deno.mkdir(workflows, { recursive: true });
}
