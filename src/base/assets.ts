import { baseErrors, ComfydockError } from "./errors.ts";

/** Path below the root of the project to content in Base64. */
export type EmbeddedAssets = Readonly<Record<string, string>>;

const projectRoot = new URL("../../", import.meta.url);
let embedded: EmbeddedAssets | undefined;

/** Makes a table of contents take the place of files; the one-file bundle does this before anything else runs. */
export function embedAssets(assets: EmbeddedAssets): void {
  embedded = assets;
}

/**
 * Reads a file that ships with comfydock: from the source tree, from inside the compiled binary, or from the bundle.
 *
 * @param path Path below the root of the project with forward slashes, such as `config/output_schema.toml`.
 * @throws `INTERNAL` when the file is not shipped.
 */
export async function readAsset(path: string): Promise<Uint8Array<ArrayBuffer>> {
  if (embedded) return await decodeEmbedded(embedded, path);
  try {
    return await Deno.readFile(new URL(path, projectRoot));
  } catch (error) {
    throw assetError(path, error);
  }
}

/** Like {@linkcode readAsset}, for small files that cannot be waited for. */
export function readAssetSync(path: string): Uint8Array<ArrayBuffer> {
  if (embedded) return Uint8Array.from(atob(embeddedContent(embedded, path)), codeOf);
  try {
    return Deno.readFileSync(new URL(path, projectRoot));
  } catch (error) {
    throw assetError(path, error);
  }
}

function codeOf(letter: string): number {
  return letter.charCodeAt(0);
}

/** Like {@linkcode readAsset}, for UTF-8 text. */
export async function readAssetText(path: string): Promise<string> {
  return new TextDecoder().decode(await readAsset(path));
}

async function decodeEmbedded(
  assets: EmbeddedAssets,
  path: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const content = embeddedContent(assets, path);
  const { Buffer } = await import("node:buffer");
  return Uint8Array.from(Buffer.from(content, "base64"));
}

function embeddedContent(assets: EmbeddedAssets, path: string): string {
  const content = Object.hasOwn(assets, path) ? assets[path] : undefined;
  if (content === undefined) throw assetError(path);
  return content;
}

function assetError(path: string, cause?: unknown): ComfydockError {
  return new ComfydockError(baseErrors.INTERNAL, `Cannot read the built-in file "${path}"`, {
    hint: "This installation is damaged or incomplete; fetch comfydock again",
    details: { path },
    cause,
  });
}
