import { Buffer } from "node:buffer";
import { join } from "node:path";
import { unpackArchive } from "../../../src/archive/mod.ts";

/** The files of a wheel or source distribution by path, each byte a character. */
export async function filesIn(path: string): Promise<ReadonlyMap<string, string>> {
  const directory = await Deno.makeTempDir({ prefix: "comfydock-archive-" });
  try {
    const target = join(directory, "unpacked");
    const entries = await unpackArchive(path, target);
    const files = entries.filter(({ kind }) => kind === "file").map(({ path }) => path).sort();
    const read = async (file: string) =>
      Buffer.from(await Deno.readFile(join(target, file))).toString("latin1");
    return new Map(await Promise.all(files.map(async (file) => [file, await read(file)] as const)));
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}

/** The fields of core metadata in order, `Field: value`, and its body; what only says who wrote it is left out. */
export function metadataOf(
  text: string,
): { readonly fields: readonly string[]; readonly body: string } {
  const end = text.indexOf("\n\n");
  const head = end < 0 ? text : text.slice(0, end);
  const fields = head.trim().split("\n").filter((line) =>
    !/^(Metadata-Version|Dynamic):/.test(line)
  );
  // Markers may have either kind of quotes.
  return {
    fields: fields.map((field) => field.replaceAll("'", '"')).sort(),
    body: end < 0 ? "" : text.slice(end + 2).trim(),
  };
}
