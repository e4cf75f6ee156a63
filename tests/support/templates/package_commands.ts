import { uvProgram } from "../uv_program.ts";
import { runInProcess } from "../run_in_process.ts";
import type { CliRun } from "../run_cli.ts";
import { addIndexEntry, addToBundle, type TemplateFixture } from "../template_repository.ts";
import { INDEX_VARIABLES } from "./package_index.ts";
import { tinyWebp } from "./pictures.ts";
import { sampleEntry, sampleWorkflow } from "./sample_files.ts";

/** Runs `comfydock templates packages …` on a fixture, with real git and uv. */
export async function packagesCommand(
  { root }: Pick<TemplateFixture, "root">,
  words: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<CliRun> {
  return await runInProcess(["templates", "packages", ...words, "-C", root], {
    env: {
      PATH: Deno.env.get("PATH") ?? "",
      HOME: await uvCache(),
      COMFYDOCK_UV: await uvProgram(),
      UV_CACHE_DIR: await uvCache(),
      ...INDEX_VARIABLES,
      ...env,
    },
  });
}

let cache: Promise<string> | undefined;

/** One cache of uv for all tests of a file. */
export function uvCache(): Promise<string> {
  return cache ??= Deno.makeTempDir({ prefix: "comfydock-uv-cache-" }).then((path) => {
    globalThis.addEventListener("unload", () => Deno.removeSync(path, { recursive: true }));
    return path;
  });
}

/** Adds a template with workflow, thumbnail, index entry and bundle. */
export async function addTemplate(
  fixture: TemplateFixture,
  id: string,
  bundle: string,
): Promise<void> {
  await fixture.write(`templates/${id}.json`, sampleWorkflow(id));
  await fixture.write(`templates/${id}-1.webp`, tinyWebp(`${id} 1`));
  await addIndexEntry(fixture, sampleEntry(id));
  await addToBundle(fixture, bundle, id);
}

/** Sets the version in the pyproject of a package; `.` is the root's. */
export async function setVersion(
  fixture: TemplateFixture,
  directory: string,
  version: string,
): Promise<void> {
  const path = directory === "." ? "pyproject.toml" : `${directory}/pyproject.toml`;
  const text = await fixture.read(path);
  await fixture.write(path, text.replace(/^version = ".*"$/m, `version = "${version}"`));
}
