import { dirname, join } from "node:path";
import { type PackRequirements, readPackRequirements } from "../../src/nodes/mod.ts";

/** Runs a test with a pack of these files. */
export async function withPack<Result>(
  files: Readonly<Record<string, string | Uint8Array>>,
  work: (tree: string) => Promise<Result>,
): Promise<Result> {
  const root = await Deno.realPath(await Deno.makeTempDir());
  try {
    const tree = join(root, "pack");
    for (const [name, content] of Object.entries(files)) {
      const path = join(tree, name);
      await Deno.mkdir(dirname(path), { recursive: true });
      await Deno.writeFile(
        path,
        typeof content === "string" ? new TextEncoder().encode(content) : content,
      );
    }
    return await work(tree);
  } finally {
    await Deno.remove(root, { recursive: true });
  }
}

/** What a pack of these files asks for. */
export function askPack(
  files: Readonly<Record<string, string | Uint8Array>>,
  listed?: readonly string[],
): Promise<PackRequirements> {
  return withPack(files, (tree) => readPackRequirements(tree, { listed }));
}

/** The texts of its requirements. */
export function textsOf({ requirements }: PackRequirements): readonly string[] {
  return requirements.map(({ requirement }) => requirement);
}

/** The codes of its findings, each with the line it is about. */
export function codesOf({ findings }: PackRequirements): readonly string[] {
  return findings.map(({ code, line }) =>
    `${code.replace("REQUIREMENT_", "")}${line === undefined ? "" : `:${line}`}`
  );
}
