import { ComfydockError, isKind, registerSecret } from "../../base/mod.ts";
import type { CommandSpec } from "../command.ts";
import { toolErrors } from "../errors.ts";
import type { CommandRunner, RunOptions } from "../types.ts";
import { toUvError } from "./explain.ts";
import { type UvIndexSettings, uvPublishCommand, uvResolveCommand } from "./index_commands.ts";

/** A package index as uv reaches it. */
export interface PackageIndex {
  /**
   * Tells whether requirements can be installed from the index as it is now.
   *
   * @param requirements Such as `demo-core==0.3.4`.
   * @param options Whether what they depend on counts as well; default it does.
   * @returns Nothing when they can, else why not.
   * @throws `INDEX_UNREACHABLE`, `INDEX_AUTH_NEEDED`, `PYTHON_MISSING`
   */
  whyMissing(
    requirements: readonly string[],
    options?: { readonly dependencies?: boolean },
  ): Promise<string | undefined>;
  /**
   * Uploads files.
   *
   * @param files Absolute paths.
   * @throws `TOOL_FAILED`, `INDEX_UNREACHABLE`, `INDEX_AUTH_NEEDED`
   */
  upload(files: readonly string[]): Promise<void>;
}

/** Longest silence while files are uploaded, in milliseconds. */
const SILENCE = 15 * 60_000;

/** Opens the package index that uv is configured for, or the one that is named. */
export function openPackageIndex(
  runner: CommandRunner,
  settings: UvIndexSettings & Pick<RunOptions, "signal" | "onLine">,
): PackageIndex {
  const { signal, onLine, env } = settings;
  for (const secret of [env.UV_PUBLISH_TOKEN, env.UV_PUBLISH_PASSWORD]) {
    if (secret !== undefined) registerSecret(secret);
  }
  const run = async (spec: CommandSpec) => {
    try {
      return await runner.run(spec, { signal, onLine, inactivityMs: SILENCE });
    } catch (error) {
      throw toUvError(error);
    }
  };
  return {
    async whyMissing(requirements, { dependencies = true } = {}) {
      try {
        await run(uvResolveCommand(settings, requirements, { dependencies }));
        return undefined;
      } catch (error) {
        if (error instanceof ComfydockError && isMissing(error)) return error.message;
        throw error;
      }
    },
    async upload(files) {
      await run(uvPublishCommand(settings, files));
    },
  };
}

function isMissing(error: ComfydockError): boolean {
  const { PACKAGE_NOT_FOUND, PACKAGE_CONFLICT, PACKAGE_NO_WHEEL, PYTHON_CONFLICT } = toolErrors;
  return [PACKAGE_NOT_FOUND, PACKAGE_CONFLICT, PACKAGE_NO_WHEEL, PYTHON_CONFLICT]
    .some((kind) => isKind(error, kind));
}
