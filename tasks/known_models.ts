/**
 * Builds the list of known models `data/known_models.json` from ComfyUI-Manager's list and from workflow templates.
 *
 * Usage: `deno task known-models MODEL_LIST TEMPLATES [--output FILE]`. `MODEL_LIST` is `model-list.json`, plain or
 * `.gz`; `TEMPLATES` is a directory with the workflows of the package `comfyui-workflow-templates-json`, or its wheel as
 * `pip download --no-deps comfyui-workflow-templates-json` fetches it. Equal input gives equal bytes.
 *
 * @module
 */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { gunzipSync } from "node:zlib";
import { unpackArchive } from "../src/archive/mod.ts";
import { parseJsonBytes, writePacked } from "../src/base/mod.ts";
import { readModelFolders } from "../src/models/folders/mod.ts";
import { buildKnownModels, KNOWN_MODELS_SCHEMA } from "../src/models/known/mod.ts";
import { say } from "./terminal.ts";

const { values, positionals } = parseArgs({
  args: Deno.args,
  allowPositionals: true,
  options: { output: { type: "string" } },
});
const [modelList, templates] = positionals;
if (modelList === undefined || templates === undefined) {
  say("usage: deno task known-models MODEL_LIST TEMPLATES [--output FILE]");
  Deno.exit(2);
}
const directory = await Deno.makeTempDir();
try {
  const isDirectory = (await Deno.stat(templates)).isDirectory;
  // A wheel is a zip file; the archive room goes by the name.
  const zip = join(directory, "templates.zip");
  const unpacked = join(directory, "templates");
  if (!isDirectory) {
    await Deno.copyFile(templates, zip);
    await unpackArchive(zip, unpacked);
  }
  const workflows = await readAll(isDirectory ? templates : unpacked);
  const bytes = await Deno.readFile(modelList);
  const manager = parseJsonBytes(modelList.endsWith(".gz") ? gunzipSync(bytes) : bytes, modelList);
  const models = buildKnownModels(manager, workflows, await readModelFolders());
  const output = values.output ??
    fileURLToPath(new URL("../data/known_models.json", import.meta.url));
  const lines = models.map((model) => JSON.stringify(model)).join(",\n");
  const text = `{"schema":${KNOWN_MODELS_SCHEMA},"models":[\n${lines}\n]}\n`;
  const size = await writePacked(output, [text]);
  const named = models.filter(({ template }) => template).length;
  say(JSON.stringify({ output, size, workflows: workflows.length, models: models.length, named }));
} finally {
  await Deno.remove(directory, { recursive: true });
}

async function readAll(path: string): Promise<readonly unknown[]> {
  const found: unknown[] = [];
  const entries = await Array.fromAsync(Deno.readDir(path));
  for (const { name, isDirectory } of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const inner = join(path, name);
    if (isDirectory) found.push(...await readAll(inner));
    else if (name.endsWith(".json")) found.push(parseJsonBytes(await Deno.readFile(inner), inner));
  }
  return found;
}
