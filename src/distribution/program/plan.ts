import { ComfydockError, compareVersions } from "../../base/mod.ts";
import type { HttpClient } from "../../http/mod.ts";
import { type Distribution, releaseAsset } from "../address.ts";
import { distributionErrors } from "../errors.ts";
import {
  MAX_RELEASE_BYTES,
  parseRelease,
  programName,
  RELEASE_FILE,
  type ReleaseFile,
} from "../release.ts";
import { ownerOf } from "./owner.ts";

/** The program that is to be updated. */
export interface InstalledProgram {
  /** Absolute path with links followed. */
  readonly path: string;
  readonly version: string;
  /** What it was built for, such as `x86_64-unknown-linux-gnu`. */
  readonly target: string;
}

/** Which release is wanted, and from where. */
export interface UpdateRequest {
  readonly program: InstalledProgram;
  readonly distribution: Distribution;
  /** Without a `v` in front; default the newest. */
  readonly version?: string;
  readonly signal?: AbortSignal;
}

/** What an update would do. */
export interface UpdatePlan {
  readonly program: InstalledProgram;
  /** The version that comes in. */
  readonly version: string;
  readonly file: ReleaseFile;
  readonly url: string;
  /** Where the program of today stays. */
  readonly kept: string;
  /** False when that version is here already, or a newer one than the newest that was published. */
  readonly change: boolean;
}

/**
 * Finds out what an update of the program would do.
 *
 * @throws `PROGRAM_OWNED` where a package manager keeps the file, `RELEASE_NOT_FOUND`, `RELEASE_INVALID`, and what the
 * network throws.
 */
export async function planUpdate(http: HttpClient, request: UpdateRequest): Promise<UpdatePlan> {
  const { program, distribution, version: wanted, signal } = request;
  refuseOwned(program.path);
  const tag = wanted === undefined ? undefined : `v${wanted}`;
  const address = releaseAsset(distribution, RELEASE_FILE, tag);
  const answer = await http.send({
    url: address,
    accept: [404],
    maxBytes: MAX_RELEASE_BYTES,
    signal,
  });
  if (answer.status === 404) throw notFound(wanted ?? "the newest release", address);
  const { version, files } = parseRelease(answer.text(), address);
  if (wanted !== undefined && version !== wanted) {
    throw new ComfydockError(
      distributionErrors.RELEASE_INVALID,
      `Cannot use "${address}": it is of version ${version}, not ${wanted}`,
      { hint: "Name another version, or leave --version away", details: { address, version } },
    );
  }
  const name = programName(program.target);
  const file = files.find((one) => one.name === name);
  if (!file) throw notFound(`comfydock ${version} for ${program.target}`, address);
  return {
    program,
    version,
    file,
    // What was listed and what is fetched are of one release, also when another is published in between.
    url: releaseAsset(distribution, name, `v${version}`),
    kept: keptPath(program.path),
    // What was named is meant, also an older one; the newest release may be older than a pre-release that runs.
    change: wanted === undefined
      ? compareVersions(version, program.version) < 0
      : version !== program.version,
  };
}

/** Where the program that was replaced stays. */
export function keptPath(program: string): string {
  return program.endsWith(".exe") ? `${program.slice(0, -4)}.old.exe` : `${program}.old`;
}

/** Refuses to change a file that a package manager keeps. */
export function refuseOwned(path: string): void {
  const owner = ownerOf(path);
  if (!owner) return;
  throw new ComfydockError(
    distributionErrors.PROGRAM_OWNED,
    `Cannot update "${path}": it belongs to ${owner.name}`,
    { hint: `Update it with: ${owner.command}`, details: { path, owner: owner.name } },
  );
}

function notFound(what: string, address: string): ComfydockError {
  return new ComfydockError(
    distributionErrors.RELEASE_NOT_FOUND,
    `Cannot find ${what} at "${address}"`,
    { hint: "Name another version, or another address with --from", details: { address } },
  );
}
