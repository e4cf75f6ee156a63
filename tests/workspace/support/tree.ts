import { join } from "node:path";

/** Everything below a directory: path to what it is and holds; links are not followed. */
export async function readTree(
  root: string,
  leaveOut: readonly string[] = [],
): Promise<Readonly<Record<string, string>>> {
  const found: Record<string, string> = {};
  const visit = async (relative: string) => {
    const path = join(root, relative);
    const info = await Deno.lstat(path);
    if (info.isSymlink) found[relative] = `link to ${await Deno.readLink(path)}`;
    else if (info.isFile) found[relative] = `file ${modeOf(info)} ${await Deno.readTextFile(path)}`;
    else {
      if (relative !== "") found[relative] = "directory";
      for await (const { name } of Deno.readDir(path)) {
        const inner = relative === "" ? name : `${relative}/${name}`;
        if (!leaveOut.includes(inner)) await visit(inner);
      }
    }
  };
  await visit("");
  return Object.fromEntries(Object.entries(found).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function modeOf(info: Deno.FileInfo): string {
  return info.mode === null || Deno.build.os === "windows" ? "" : (info.mode & 0o777).toString(8);
}

/** Writes files by their relative paths; missing directories are made. */
export async function writeTree(
  root: string,
  files: Readonly<Record<string, string>>,
): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    const target = join(root, path);
    await Deno.mkdir(join(target, ".."), { recursive: true });
    await Deno.writeTextFile(target, content);
  }
}
