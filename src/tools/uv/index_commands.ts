import { command, type CommandSpec } from "../command.ts";
import type { Environment } from "../child_environment.ts";
import { uvCommand, type UvSettings } from "./commands.ts";

/** Which package index uv works with; what is left out, uv's own configuration says. */
export interface UvIndexSettings {
  /** The executable. */
  readonly program: string;
  /** The project whose configuration counts. */
  readonly directory: string;
  /** Variables of this process, of which those for publishing are passed on. */
  readonly env: Environment;
  /** Where files are uploaded to. */
  readonly publishUrl?: string;
  /** Where what was uploaded is found: a simple index (PEP 503). */
  readonly checkUrl?: string;
  readonly offline?: boolean;
}

// Users name the index and their credentials by these; trusted publishing needs the others.
const PUBLISHING = /^UV_(?:PUBLISH_\w+|TRUSTED_PUBLISHING)$/;

/** Uploads files; credentials come from the user's variables, configuration, keyring or trusted publishing. */
export function uvPublishCommand(
  { program, directory, env, publishUrl, checkUrl }: UvIndexSettings,
  files: readonly string[],
): CommandSpec {
  const args = [
    "publish",
    ...(publishUrl === undefined ? [] : ["--publish-url", publishUrl]),
    ...(checkUrl === undefined ? [] : ["--check-url", checkUrl]),
    "--",
    ...files,
  ];
  const own = Object.entries(env).filter(([name]) => PUBLISHING.test(name));
  return command({
    program,
    args: ["--directory", directory, ...args],
    shown: args,
    env: { UV_CACHE_DIR: env.UV_CACHE_DIR, ...Object.fromEntries(own) },
  });
}

/**
 * Resolves requirements against the index as it is now, without installing or building anything.
 *
 * @param dependencies Whether what they depend on has to be found as well.
 */
export function uvResolveCommand(
  { program, directory, env, checkUrl = env.UV_PUBLISH_CHECK_URL, offline }: UvIndexSettings,
  requirements: readonly string[],
  { dependencies }: { readonly dependencies: boolean },
): CommandSpec {
  // With an index of its own, those of the user's configuration would answer for it.
  const only = checkUrl === undefined ? undefined : {
    UV_DEFAULT_INDEX: undefined,
    UV_INDEX: undefined,
    UV_EXTRA_INDEX_URL: undefined,
    UV_FIND_LINKS: undefined,
  };
  const args = [
    ...(offline ? ["--offline"] : []),
    "pip",
    "compile",
    "--quiet",
    "--no-header",
    "--no-annotate",
    "--refresh",
    ...(dependencies ? [] : ["--no-deps"]),
    "--only-binary",
    ":all:",
    ...(checkUrl === undefined ? [] : ["--no-config", "--default-index", checkUrl]),
    "-",
  ];
  return command({
    program,
    args: ["--directory", directory, ...args],
    shown: args,
    stdin: `${requirements.join("\n")}\n`,
    env: { UV_CACHE_DIR: env.UV_CACHE_DIR, ...only },
  });
}

/** Asks what uv itself keeps of who may read an address, by the protocol of Bazel's credential helpers. */
export function uvCredentialCommand(settings: UvSettings, uri: string): CommandSpec {
  const args = [
    "--preview-features",
    "auth-helper",
    "auth",
    "helper",
    "--protocol",
    "bazel",
    "get",
  ];
  return { ...uvCommand(settings, args), stdin: JSON.stringify({ uri }) };
}
