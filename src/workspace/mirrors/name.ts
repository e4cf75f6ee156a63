import { isAbsolute } from "node:path";

/**
 * The name of a repository's mirror: readable, and equal for spellings that differ in case, `.git` or slashes.
 *
 * @param repository A URL without credentials, an address such as `git@host:path`, or the absolute path of a repository.
 * @returns Such as `comfyui-1f0c2ab9.git`.
 */
export async function mirrorName(repository: string): Promise<string> {
  const whole = isAbsolute(repository) ? repository : canonical(repository);
  const bytes = new TextEncoder().encode(whole);
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  const short = Array.from(digest.subarray(0, 4), (byte) => byte.toString(16).padStart(2, "0"));
  const name = whole.split(/[/\\:]/).at(-1)?.toLowerCase().replace(/[^a-z0-9_-]+/g, "-");
  return `${name?.replace(/^-+|-+$/g, "").slice(0, 40) || "comfyui"}-${short.join("")}.git`;
}

function canonical(url: string): string {
  return url.replace(/[?#].*$/s, "").replace(/\/+$/, "").replace(/\.git$/i, "").toLowerCase();
}
