import { readArchive } from "../../archive/mod.ts";
import { readManifest } from "../../pyproject/mod.ts";
import { invalidBundle } from "../faults.ts";
import { COMFY_PACK_FILES, describeComfyPack } from "./comfy_pack.ts";
import { describeComfygit, isComfygitManifest } from "./comfygit.ts";
import type { ForeignDescription } from "./types.ts";

const LIMITS = {
  maxBytes: 16 * 1024 ** 3,
  maxEntryBytes: 16 * 1024 ** 3,
  maxEntries: 50_000,
};
/** What is read whole, in bytes: of one file, and of all. */
const LARGEST_FILE = 64 * 1024 ** 2;
const LARGEST_SUM = 256 * 1024 ** 2;
const COMFYGIT_FILES =
  /^(?:pyproject\.toml|\.python-version|\.pytorch-backend|workflows\/.+\.json)$/isu;

/**
 * Reads a packed environment of comfy-pack or comfygit; only files that are known are unpacked, into memory.
 *
 * @param name Of the environment to be, where the archive does not say.
 * @returns Nothing where it is of neither.
 * @throws `ARCHIVE_INVALID`, `ARCHIVE_UNSAFE`, `ARCHIVE_TOO_LARGE`, `BUNDLE_INVALID`, `DATA_INVALID`, `MANIFEST_INVALID`
 */
export async function readForeignArchive(
  path: string,
  name: string,
  named: string,
  signal?: AbortSignal,
): Promise<ForeignDescription | undefined> {
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  const further: string[] = [];
  let room = LARGEST_SUM;
  for await (const { entry, pipeTo } of readArchive(path, { limits: LIMITS, signal })) {
    if (entry.kind === "directory") continue;
    if (!COMFY_PACK_FILES.includes(entry.path) && !COMFYGIT_FILES.test(entry.path)) {
      further.push(entry.path);
      continue;
    }
    if (entry.size > LARGEST_FILE || (room -= entry.size) < 0) {
      throw invalidBundle(named, `"${entry.path}" is too large`, entry.path);
    }
    files.set(entry.path, await bytesOf(entry.size, pipeTo));
  }
  if (files.has("snapshot.json")) return describeComfyPack(files, further, name, named);
  const text = textOf(files, "pyproject.toml");
  if (text === undefined || !isComfygitManifest(readManifest(text, named))) return undefined;
  return describeComfygit({
    manifestText: text,
    workflows: new Map([...files].filter(([file]) => file.startsWith("workflows/"))),
    pythonVersion: textOf(files, ".python-version"),
    torch: textOf(files, ".pytorch-backend"),
  }, named);
}

function textOf(
  files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>,
  path: string,
): string | undefined {
  const bytes = files.get(path);
  return bytes && new TextDecoder().decode(bytes);
}

async function bytesOf(
  size: number,
  pipeTo: (sink: WritableStream<Uint8Array>) => Promise<void>,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(size);
  let at = 0;
  await pipeTo(
    new WritableStream({
      write(chunk) {
        bytes.set(chunk, at);
        at += chunk.length;
      },
    }),
  );
  return bytes;
}
