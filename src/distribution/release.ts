import {
  ComfydockError,
  parseJsonText,
  readList,
  readNumber,
  readRecord,
  readText,
} from "../base/mod.ts";
import { distributionErrors } from "./errors.ts";

/** The file of a release that names its version and all other files. */
export const RELEASE_FILE = "release.json";
/** The digests of a release as `sha256sum` writes and checks them. */
export const CHECKSUMS_FILE = "SHA256SUMS";
/** The largest {@linkcode RELEASE_FILE} that is read, in bytes. */
export const MAX_RELEASE_BYTES: number = 1 << 20;

/** A file that a release brings. */
export interface ReleaseFile {
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  /** In hex. */
  readonly sha256: string;
}

/** A version that was published. */
export interface Release {
  /** Without a `v` in front. */
  readonly version: string;
  readonly files: readonly ReleaseFile[];
}

const MAX_PROGRAM_BYTES = 1024 ** 3;

/**
 * Reads a {@linkcode RELEASE_FILE}.
 *
 * @param name What error messages call it.
 * @throws `RELEASE_INVALID`
 */
export function parseRelease(text: string, name: string): Release {
  try {
    const record = readRecord(parseJsonText(text, name), "$");
    return {
      version: matching(record.version, "$.version", /^\d+\.\d+\.\d+(?:[-+][0-9A-Za-z.+-]+)?$/),
      files: readList(record.files, "$.files").map((value, at) => {
        const path = `$.files[${at}]`;
        const file = readRecord(value, path);
        return {
          name: matching(file.name, `${path}.name`, /^[A-Za-z0-9][A-Za-z0-9._-]*$/),
          size: sizeOf(file.size, `${path}.size`),
          sha256: matching(file.sha256, `${path}.sha256`, /^[0-9a-f]{64}$/),
        };
      }),
    };
  } catch (error) {
    if (!(error instanceof ComfydockError)) throw error;
    throw new ComfydockError(
      distributionErrors.RELEASE_INVALID,
      `Cannot read the release "${name}": ${error.message}`,
      { hint: "Check the address with --from", details: { name }, cause: error },
    );
  }
}

/** The text of a {@linkcode RELEASE_FILE}; equal releases give equal bytes. */
export function releaseText({ version, files }: Release): string {
  const sorted = [...files].sort((a, b) => a.name < b.name ? -1 : 1)
    .map(({ name, size, sha256 }) => ({ name, size, sha256 }));
  return `${JSON.stringify({ version, files: sorted }, null, 2)}\n`;
}

/** The text of a {@linkcode CHECKSUMS_FILE}. */
export function checksumsText(files: readonly ReleaseFile[]): string {
  return files.map(({ name, sha256 }) => `${sha256}  ${name}\n`).sort((a, b) =>
    a.slice(66) < b.slice(66) ? -1 : 1
  ).join("");
}

/**
 * The name under which a release brings the program.
 *
 * @param target Such as `x86_64-unknown-linux-gnu`.
 */
export function programName(target: string): string {
  return `comfydock-${target}${target.includes("windows") ? ".exe" : ""}`;
}

function matching(value: unknown, path: string, pattern: RegExp): string {
  const text = readText(value, path, 200);
  if (pattern.test(text)) return text;
  throw new ComfydockError(
    distributionErrors.RELEASE_INVALID,
    `${path} cannot be ${JSON.stringify(text)}`,
  );
}

function sizeOf(value: unknown, path: string): number {
  const size = readNumber(value, path);
  if (Number.isInteger(size) && size >= 0 && size <= MAX_PROGRAM_BYTES) return size;
  throw new ComfydockError(distributionErrors.RELEASE_INVALID, `${path} cannot be ${size}`);
}
