import { join } from "node:path";
import { fileError } from "../../base/mod.ts";
import { command, type CommandRunner } from "../../tools/mod.ts";
import { digestOf, writeSdist, writeWheel, type WrittenFile } from "../wheels/mod.ts";
import type { PlannedPackage } from "./types.ts";

/** Makes the files of one package. */
export type Builder = (
  planned: PlannedPackage,
  directory: string,
  signal?: AbortSignal,
) => Promise<readonly WrittenFile[]>;

/** What a build by the package's own backend needs. */
export interface CommandBuilderOptions {
  readonly runner: CommandRunner;
  /** Absolute path of the repository. */
  readonly root: string;
  /** A Python that has the module `build`. */
  readonly python: string;
  /** Whether the backend is installed into an environment of its own first. */
  readonly isolation: boolean;
}

/** Writes wheel and source distribution itself. */
export async function nativeBuilder(
  { distribution }: PlannedPackage,
  directory: string,
  signal?: AbortSignal,
): Promise<readonly WrittenFile[]> {
  return [
    await writeWheel(distribution, { directory, signal }),
    await writeSdist(distribution, { directory, signal }),
  ];
}

/** Lets `python -m build` call the backend that the package names. */
export function commandBuilder(
  { runner, root, python, isolation }: CommandBuilderOptions,
): Builder {
  return async ({ package: one }, directory, signal) => {
    const own = join(directory, one.id);
    const args = [
      ...["-m", "build", "--outdir", own],
      ...isolation ? [] : ["--no-isolation"],
      one.directory === "." ? root : join(root, one.directory),
    ];
    await runner.run(command({ program: python, args, cwd: root }), { signal });
    const files: WrittenFile[] = [];
    try {
      for await (const { name } of Deno.readDir(own)) {
        const path = join(directory, name);
        await Deno.rename(join(own, name), path);
        files.push({
          kind: name.endsWith(".whl") ? "wheel" : "sdist",
          file: name,
          size: (await Deno.stat(path)).size,
          sha256: await digestOf(path),
        });
      }
    } catch (error) {
      throw fileError("Cannot read", own, error);
    }
    return files.sort((left, right) => left.kind < right.kind ? 1 : -1);
  };
}
