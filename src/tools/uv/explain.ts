import { baseErrors, type ErrorKind } from "../../base/mod.ts";
import { toolErrors } from "../errors.ts";
import { explainGitError } from "../git/explain.ts";
import { ProcessError } from "../process_error.ts";
import { flatten, parseResolution } from "./conflict.ts";
import { explainResolution, type GroupOwners } from "./explain_resolution.ts";
import type { UvExplanation } from "./explanation.ts";

export type { GroupOwners };

interface Rule {
  readonly kind: ErrorKind;
  /** Matched against the text in one line. */
  readonly pattern: RegExp;
  readonly message: (captured: string) => string;
  readonly hint: string;
}

// The first rule that fits wins; those before the resolution are its deeper causes.
const BEFORE_RESOLUTION: readonly Rule[] = [
  {
    kind: baseErrors.DISK_FULL,
    pattern: /No space left on device|There is not enough space on the disk/,
    message: () => "Cannot install packages: the disk is full",
    hint: `Free some room, for instance with "comfydock cache prune"`,
  },
  {
    kind: toolErrors.PACKAGE_NOT_CACHED,
    pattern:
      /(?:Because (\S+) was not found in the cache|(?:Packages were unavailable because )?[Tt]he network was disabled|[Nn]etwork connectivity is disabled[^`]*(?:`([^`]+)`)?)/,
    message: (name) =>
      `Cannot get the package${
        name && ` "${name}"`
      }: it is not in the cache and the network is off`,
    hint: "Run the same command once without --offline",
  },
  {
    kind: toolErrors.INDEX_AUTH_NEEDED,
    pattern:
      /An index(?: URL)? \(([^)]+)\) (?:could not be queried due to a lack of valid authentication|returned a 403)|(?:HTTP status client error|status code) \(?40[13][^`]*?(?:url \(([^)]+)\))?/,
    message: (url) => `Cannot read the package index${url && ` "${url}"`}: it wants credentials`,
    hint:
      "Give uv the credentials (UV_INDEX_<NAME>_USERNAME and _PASSWORD, netrc or a keyring) and check the address",
  },
  {
    kind: toolErrors.PACKAGE_HASH_MISMATCH,
    pattern: /Hash mismatch for `([^`]+)`/,
    message: (name) => `Cannot install "${name}": what was downloaded is not what was locked`,
    hint:
      `Someone replaced the file; run "comfydock lock --upgrade" with that package only if you trust the new one`,
  },
  {
    kind: toolErrors.LOCK_OUTDATED,
    pattern: /The lockfile at `uv\.lock` needs to be updated|Unable to find lockfile/,
    message: () => "Cannot use uv.lock: it does not fit pyproject.toml",
    hint: `Run "comfydock lock"`,
  },
  {
    kind: toolErrors.PYTHON_MISSING,
    pattern:
      /No interpreter found for (?:executable name `)?(.+?)`? in |No download found for request: (\S+)/,
    message: (request) => `Cannot find ${request}`,
    hint: "Choose another Python, or let uv fetch it by leaving out --offline",
  },
  {
    kind: toolErrors.PYTHON_MISSING,
    pattern: /Python downloads are not allowed/,
    message: () => "Cannot find the wanted Python: none is installed, and uv may not fetch one",
    hint:
      `Install it with "uv python install"; where UV_PYTHON_DOWNLOADS forbids that, in another way`,
  },
  {
    // uv looks at one Python after another, and stops at one that is too old to answer.
    kind: toolErrors.PYTHON_MISSING,
    pattern: /Failed to inspect Python interpreter from .+? at `([^`]+)`/,
    message: (path) => `Cannot find the wanted Python: "${path}" is none that can be used`,
    hint: "Choose another Python, or let uv fetch it by leaving out --offline",
  },
  {
    kind: toolErrors.PYTHON_CONFLICT,
    pattern:
      /(Python [\d.]+), which is incompatible with the project's Python requirement: `[^`]+`/,
    message: (python) => `Cannot use ${python}: the project's requires-python excludes it`,
    hint: "Choose another Python, or change requires-python in pyproject.toml",
  },
  {
    kind: toolErrors.PACKAGE_NO_WHEEL,
    pattern:
      /Distribution `([^ `]+)[^`]*` can't be installed because it (?:doesn't have a source distribution or wheel|is marked as `--no-build`)/,
    message: (name) => `Cannot install "${name}": it has nothing that fits this platform`,
    hint: "Choose another version of it, or another Python",
  },
];

const UNREACHABLE_HINT =
  "Check the network, the proxy settings and the index; --offline uses only what is cached";

const AFTER_RESOLUTION: readonly Rule[] = [
  {
    kind: toolErrors.PACKAGE_BUILD_FAILED,
    pattern: /Failed to (?:download and )?build `([^`]+)`/,
    message: (name) => `Cannot build "${name}" from source`,
    hint:
      "See the end of its output with -v; often a compiler, a CUDA toolkit or a wheel for this Python is missing",
  },
  {
    kind: toolErrors.INDEX_UNREACHABLE,
    pattern: /Failed to fetch: `?([^\s`]+)|error sending request for url \(([^)]+)\)/,
    message: (url) => `Cannot fetch "${url}": the server cannot be reached`,
    hint: UNREACHABLE_HINT,
  },
  {
    kind: toolErrors.INDEX_UNREACHABLE,
    pattern: /dns error|tcp connect error|operation timed out|Request failed after \d+ retries/,
    message: () => "Cannot reach the package index",
    hint: UNREACHABLE_HINT,
  },
  {
    kind: toolErrors.UV_INPUT_INVALID,
    pattern: /The wheel filename `([^`]+)` is invalid/,
    message: (file) => `Cannot use "${file}": that is no name of a wheel`,
    hint: "Correct the requirement that names the file",
  },
  {
    kind: toolErrors.UV_INPUT_INVALID,
    pattern: /Failed to parse:? `?([^\s`]+)|Failed to parse `([^`]+)`/,
    message: (file) => `Cannot read "${file}"`,
    hint: "Correct the place that the text names, see -v",
  },
];

/**
 * Reads what uv wrote when it failed.
 *
 * @param stderr In English and without colour, as the runner makes uv write.
 * @param owners Whose dependency group is whose.
 * @returns What it means; `undefined` for a text that is not known.
 */
export function explainUvError(
  stderr: string,
  owners: GroupOwners = new Map(),
): UvExplanation | undefined {
  const text = flatten(stderr);
  const early = firstRule(BEFORE_RESOLUTION, text);
  if (early) return early;
  if (/No solution found/.test(text)) return explainResolution(parseResolution(text), owners);
  if (/Git operation failed/.test(text)) {
    const explained = explainGitError(stderr);
    if (explained) return { ...explained, details: {} };
  }
  return firstRule(AFTER_RESOLUTION, text);
}

function firstRule(rules: readonly Rule[], text: string): UvExplanation | undefined {
  for (const { kind, pattern, message, hint } of rules) {
    const match = pattern.exec(text);
    if (!match) continue;
    const captured = match.slice(1).find((group) => group !== undefined) ?? "";
    return { kind, message: message(captured), hint, details: captured ? { at: captured } : {} };
  }
  return undefined;
}

/** Gives a failure of uv the kind, message and hint that its text stands for; the text stays in the details. */
export function toUvError(error: unknown, owners?: GroupOwners): unknown {
  if (!(error instanceof ProcessError) || error.code !== toolErrors.TOOL_FAILED.code) return error;
  const explained = explainUvError(error.end.stderr, owners);
  if (!explained) return error;
  const { kind, message, hint, details } = explained;
  return new ProcessError(kind, message, error.spec, error.end, { hint, details });
}
