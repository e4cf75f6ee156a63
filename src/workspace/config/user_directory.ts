import { join } from "node:path";
import { baseErrors, ComfydockError } from "../../base/mod.ts";

/**
 * The directory of a user's own configuration: `XDG_CONFIG_HOME` where it is set, else the place of the system.
 *
 * https://specifications.freedesktop.org/basedir-spec/latest/
 *
 * @param env The environment variables of the process.
 * @throws `FILE_NOT_FOUND` when the user has no home directory.
 */
export function userConfigDirectory(
  env: Readonly<Record<string, string | undefined>>,
  system: typeof Deno.build.os = Deno.build.os,
): string {
  const found = findUserConfigDirectory(env, system);
  if (found !== undefined) return found;
  const wanted = system === "windows" ? "APPDATA" : "HOME";
  throw new ComfydockError(
    baseErrors.FILE_NOT_FOUND,
    `Cannot find the directory of your configuration: ${wanted} is not set`,
    { hint: `Set ${wanted} or XDG_CONFIG_HOME`, details: { variable: wanted } },
  );
}

/** Like {@linkcode userConfigDirectory}, for those who only read: whoever has no home directory has no configuration. */
export function findUserConfigDirectory(
  env: Readonly<Record<string, string | undefined>>,
  system: typeof Deno.build.os = Deno.build.os,
): string | undefined {
  if (env.XDG_CONFIG_HOME) return join(env.XDG_CONFIG_HOME, "comfydock");
  if (system === "windows") {
    if (env.APPDATA) return join(env.APPDATA, "comfydock");
  } else if (env.HOME) {
    return system === "darwin"
      ? join(env.HOME, "Library", "Application Support", "comfydock")
      : join(env.HOME, ".config", "comfydock");
  }
  return undefined;
}
