/**
 * Builds what runs from a URL, each one file with every shipped file inside: the program `dist/comfydock.js`
 * and the library `dist/mod.js`.
 *
 * The same sources give the same bytes.
 *
 * @example
 * ```sh
 * deno task bundle --directory dist
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

/** What is bundled: the program or the library. */
export type BundleEntry = "main.ts" | "mod.ts";

/**
 * Writes a bundle.
 *
 * @param output The file to write.
 * @param source What it holds.
 * @throws An error with what the bundler said.
 */
export async function buildBundle(output: string, source: BundleEntry): Promise<void> {
  const directory = await Deno.makeTempDir({ prefix: "comfydock-bundle-" });
  try {
    const entry = await writeEntry(directory, source);
    await Deno.mkdir(dirname(output), { recursive: true });
    const config = join(projectRoot, "deno.json");
    const args = [
      // A release has what the lock names, or is none.
      ...["bundle", "--quiet", "--frozen", "--minify"],
      ...["--config", config, "--output", output, entry],
    ];
    const { code, output: said } = await runDeno(args);
    if (code !== 0) throw new Error(`Cannot bundle ${output}: ${said}`);
    await Deno.writeTextFile(output, runAnywhere(await Deno.readTextFile(output)));
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}

const FILE_REQUIRE =
  /import\s*\{\s*createRequire as ([\w$]+)\s*\}\s*from\s*"node:module";\s*var ([\w$]+)=\1\(import\.meta\.url\);/;

// Packages in CommonJS ask for modules of the runtime through a `require` that only files may make, and that costs
// start-up time even where nobody asks.
function runAnywhere(bundle: string): string {
  return bundle.replace(
    FILE_REQUIRE,
    (_, _import, require: string) => `var ${require}=(name)=>process.getBuiltinModule(name);`,
  );
}

async function writeEntry(directory: string, source: BundleEntry): Promise<string> {
  const assets: Record<string, string> = {};
  for (const path of await assetPaths()) {
    assets[path] = Buffer.from(await Deno.readFile(join(projectRoot, path))).toString("base64");
  }
  const table = `import { embedAssets } from ${projectUrl("src/base/mod.ts")};
embedAssets(${JSON.stringify(assets)});\n`;
  await Deno.writeTextFile(join(directory, "assets.ts"), table);
  const entry = join(directory, "entry.ts");
  // Modules are evaluated in this order: the table stands before anything reads from it.
  const words = source === "main.ts" ? "import" : "export * from";
  await Deno.writeTextFile(entry, `import "./assets.ts";\n${words} ${projectUrl(source)};\n`);
  return entry;
}

function projectUrl(path: string): string {
  return JSON.stringify(pathToFileURL(join(projectRoot, path)).href);
}

if (import.meta.main) {
  const { values } = parseArgs({
    args: Deno.args,
    options: { directory: { type: "string", default: join(projectRoot, "dist") } },
  });
  for (const [name, source] of [["comfydock.js", "main.ts"], ["mod.js", "mod.ts"]] as const) {
    const output = join(values.directory, name);
    await buildBundle(output, source);
    say(`Built ${output} (${((await Deno.stat(output)).size / 1e6).toFixed(1)} MB)`);
  }
}
