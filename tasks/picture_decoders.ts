/**
 * Copies the decoders of pictures from their packages into `data/pictures/`, where every form of comfydock finds them.
 *
 * Usage: `deno task picture-decoders`, after the version of a package changed in `deno.json`.
 *
 * @module
 */
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { writeFileAtomic } from "../src/base/mod.ts";
import { projectRoot, runDeno } from "./run_deno.ts";
import { say } from "./terminal.ts";

/** The name of each decoder, and where its package has it. */
const SOURCES: Readonly<Record<string, readonly [name: string, path: string]>> = {
  webp: ["@jsquash/webp", "codec/dec/webp_dec.wasm"],
  jpeg: ["@jsquash/jpeg", "codec/dec/mozjpeg_dec.wasm"],
  png: ["@jsquash/png", "codec/pkg/squoosh_png_bg.wasm"],
};

/** Gives the decoders as their packages have them, by name. */
export async function packagedDecoders(): Promise<ReadonlyMap<string, Uint8Array<ArrayBuffer>>> {
  const { imports } = JSON.parse(await Deno.readTextFile(join(projectRoot, "deno.json")));
  const { output } = await runDeno(["info", "--json"]);
  const { npmCache } = JSON.parse(output);
  const [registry] = await Array.fromAsync(Deno.readDir(npmCache));
  const decoders = new Map<string, Uint8Array<ArrayBuffer>>();
  for (const [name, [own, path]] of Object.entries(SOURCES)) {
    const version = `${imports[own]}`.split("@").at(-1) ?? "";
    const file = join(npmCache, registry?.name ?? "", own, version, path);
    decoders.set(name, await Deno.readFile(file));
  }
  return decoders;
}

if (import.meta.main) {
  for (const [name, content] of await packagedDecoders()) {
    const path = `data/pictures/${name}.wasm.gz`;
    await writeFileAtomic(join(projectRoot, path), gzipSync(content, { level: 9 }));
    say(`wrote ${path}`);
  }
}
