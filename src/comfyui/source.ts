import { isAbsolute, join, resolve } from "node:path";
import {
  ComfydockError,
  parseToml,
  readAssetText,
  readRecord,
  readText,
  registerSecret,
} from "../base/mod.ts";
import { lookAt } from "../workspace/disk/mod.ts";
import { mirrorName } from "../workspace/mirrors/mod.ts";
import { comfyuiErrors } from "./errors.ts";
import type { ComfyUISource } from "./types.ts";

const SOURCES = "config/sources.toml";
const MAX_LENGTH = 2000;

/** Reads the shipped address of ComfyUI's repository. */
export async function readDefaultComfyUIUrl(): Promise<string> {
  const sources = readRecord(parseToml(await readAssetText(SOURCES), SOURCES), "$");
  return readText(readRecord(sources.comfyui, "$.comfyui").url, "$.comfyui.url");
}

/**
 * Reads the value of `--comfyui-source`.
 *
 * @param text A URL, an address such as `git@host:user/repository`, or the path of a git repository.
 * @param cwd Absolute path that a relative one starts from.
 * @throws `COMFYUI_SOURCE_INVALID`; `COMFYUI_NOT_FOUND`, `COMFYUI_NO_GIT` for paths
 */
export async function readComfyUISource(text: string, cwd: string): Promise<ComfyUISource> {
  const value = text.trim();
  if (value === "" || value.length > MAX_LENGTH || /\p{Cc}|^-/u.test(value)) {
    throw new ComfydockError(
      comfyuiErrors.COMFYUI_SOURCE_INVALID,
      `Cannot use ${JSON.stringify(value.slice(0, 100))} as the source of ComfyUI`,
      { hint: "Name a URL or the path of a git repository" },
    );
  }
  if (!isPath(value)) {
    const publicUrl = withoutCredentials(value);
    return { url: value, publicUrl, mirror: await mirrorName(publicUrl) };
  }
  const path = await requireRepository(resolve(cwd, value));
  return { url: path, publicUrl: path, mirror: await mirrorName(path) };
}

/**
 * Gives the source that an environment recorded; a path need not exist any more, because the mirror may hold all that
 * is wanted.
 *
 * @param repository The `publicUrl` of a source.
 */
export async function recordedComfyUISource(repository: string): Promise<ComfyUISource> {
  return { url: repository, publicUrl: repository, mirror: await mirrorName(repository) };
}

// What git takes for an address: a scheme, or a host before the first colon; a single letter there is a drive.
function isPath(text: string): boolean {
  return isAbsolute(text) || !/^(?:[a-z][a-z0-9+.-]*:\/\/|(?:[^/\\:@]+@)?[^/\\:]{2,}:)/i.test(text);
}

function withoutCredentials(text: string): string {
  const match = /^(https?:\/\/)([^/@]*)@(.*)$/is.exec(text);
  if (!match) return text;
  const [, scheme, credentials = "", rest] = match;
  for (const part of credentials.split(":")) registerSecret(part);
  return `${scheme}${rest}`;
}

async function requireRepository(path: string): Promise<string> {
  const has = async (name: string) => await lookAt(join(path, name)) !== undefined;
  if (await has(".git") || (await has("HEAD") && await has("objects"))) {
    return await Deno.realPath(path);
  }
  if (await has("main.py")) {
    throw new ComfydockError(
      comfyuiErrors.COMFYUI_NO_GIT,
      `Cannot use "${path}" as the source of ComfyUI: it is not a git repository`,
      {
        hint:
          `Leave the option out to take ComfyUI's own repository; "comfydock adopt ${path}" takes over an install as it is`,
        details: { path },
      },
    );
  }
  throw new ComfydockError(
    comfyuiErrors.COMFYUI_NOT_FOUND,
    `Cannot use "${path}" as the source of ComfyUI: there is no git repository`,
    { hint: "Check the path, or name a URL that begins with https://", details: { path } },
  );
}
