/**
 * Builds the one-file bundle that `deno run URL` starts, with every shipped file inside.
 *
 * The same sources give the same bytes.
 *
 * @example
 * ```sh
 * deno task bundle --output dist/comfydock.js
 * ```
 *
 * @module
 */
import { Buffer } from "node:buffer";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { assetPaths } from "./assets.ts";
import { projectRoot, runDeno } from "./run_deno.ts";
import { say } from "./terminal.ts";

/**
 * Writes the bundle.
 *
 * @param output The file to write.
 * @throws An error with what the bundler said.
 */
export async function buildBundle(output: string): Promise<void> {
  const directory = await Deno.makeTempDir({ prefix: "comfydock-bundle-" });
  try {
    const entry = await writeEntry(directory);
    await Deno.mkdir(dirname(output), { recursive: true });
    const config = join(projectRoot, "deno.json");
    const args = ["bundle", "--quiet", "--minify", "--config", config, "--output", output, entry];
    const { code, output: said } = await runDeno(args);
    if (code !== 0) throw new Error(`Cannot bundle ${output}: ${said}`);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}

async function writeEntry(directory: string): Promise<string> {
  const assets: Record<string, string> = {};
  for (const path of await assetPaths()) {
    assets[path] = Buffer.from(await Deno.readFile(join(projectRoot, path))).toString("base64");
  }
  const table = `import { embedAssets } from ${projectUrl("src/base/mod.ts")};
embedAssets(${JSON.stringify(assets)});\n`;
  await Deno.writeTextFile(join(directory, "assets.ts"), table);
  const entry = join(directory, "entry.ts");
  // Modules are evaluated in this order: the table stands before anything reads from it.
  await Deno.writeTextFile(entry, `import "./assets.ts";\nimport ${projectUrl("main.ts")};\n`);
  return entry;
}

function projectUrl(path: string): string {
  return JSON.stringify(pathToFileURL(join(projectRoot, path)).href);
}

if (import.meta.main) {
  const { values } = parseArgs({
    args: Deno.args,
    options: {
      output: { type: "string", default: join(projectRoot, "dist", "comfydock.js") },
    },
  });
  await buildBundle(values.output);
  const { size } = await Deno.stat(values.output);
  say(`Built ${values.output} (${(size / 1e6).toFixed(1)} MB)`);
}
