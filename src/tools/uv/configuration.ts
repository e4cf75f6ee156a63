import { join } from "node:path";
import { baseErrors, isKind, type JsonRecord, parseToml, readTextBounded } from "../../base/mod.ts";
import type { Environment } from "../child_environment.ts";

const MAX_BYTES = 1024 ** 2;

/**
 * Reads the configuration files of uv, those that count for more first; files that are not there are left out.
 *
 * Places: https://docs.astral.sh/uv/concepts/configuration-files/
 *
 * @param env Variables of this process.
 * @param project Directory whose own `uv.toml` counts, too.
 * @throws `DATA_INVALID`, `FILE_UNREADABLE`
 */
export async function readUvConfigurations(
  env: Environment,
  project?: string,
): Promise<readonly JsonRecord[]> {
  const read = await Promise.all(configurationFiles(env, project).map(readConfiguration));
  return read.flat();
}

function configurationFiles(env: Environment, project: string | undefined): readonly string[] {
  if (env.UV_NO_CONFIG) return [];
  if (env.UV_CONFIG_FILE) return [env.UV_CONFIG_FILE];
  const windows = Deno.build.os === "windows";
  const user = windows
    ? env.APPDATA
    : env.XDG_CONFIG_HOME ?? (env.HOME && join(env.HOME, ".config"));
  const system = windows ? env.PROGRAMDATA : "/etc";
  return [
    ...project === undefined ? [] : [join(project, "uv.toml")],
    ...[user, system].flatMap((place) => place ? [join(place, "uv", "uv.toml")] : []),
  ];
}

async function readConfiguration(path: string): Promise<readonly JsonRecord[]> {
  try {
    return [parseToml(await readTextBounded(path, MAX_BYTES), path)];
  } catch (error) {
    if (isKind(error, baseErrors.FILE_NOT_FOUND)) return [];
    throw error;
  }
}
