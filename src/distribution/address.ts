import {
  ComfydockError,
  parseToml,
  readAssetText,
  readRecord,
  readText,
  redact,
} from "../base/mod.ts";
import { distributionErrors } from "./errors.ts";

/** The file that holds the one address, among the shipped files. */
export const DISTRIBUTION_FILE = "config/distribution.toml";

/** The branch that published data is committed to, apart from the sources. */
export const DATA_BRANCH = "registry-data";

/** The address of a repository that publishes releases and data, without a slash at its end. */
export interface Distribution {
  readonly repository: string;
}

/**
 * Reads where this comfydock was published.
 *
 * @param text The TOML of {@linkcode DISTRIBUTION_FILE}; default the shipped file.
 * @returns Nothing for a comfydock that runs from its sources.
 * @throws `DISTRIBUTION_INVALID`
 */
export async function readDistribution(text?: string): Promise<Distribution | undefined> {
  const table = parseToml(text ?? await readAssetText(DISTRIBUTION_FILE), DISTRIBUTION_FILE);
  const repository = readText(readRecord(table, "$").repository, "$.repository");
  return repository === "" ? undefined : parseDistribution(repository);
}

/**
 * Reads where this comfydock was published, for a command that cannot work without.
 *
 * @param command The command, for its hint, such as `registry pull`.
 * @throws `DISTRIBUTION_UNKNOWN` that asks for `--from`, `DISTRIBUTION_INVALID`
 */
export async function requireDistribution(command: string, text?: string): Promise<Distribution> {
  const found = await readDistribution(text);
  if (found) return found;
  throw new ComfydockError(
    distributionErrors.DISTRIBUTION_UNKNOWN,
    `Cannot tell where "${command}" fetches from: this comfydock was made from its sources`,
    { hint: `Run comfydock ${command} --from ADDRESS`, details: { command } },
  );
}

/**
 * Checks the address of a repository.
 *
 * @param address An http or https URL without credentials, query and fragment.
 * @throws `DISTRIBUTION_INVALID`
 */
export function parseDistribution(address: string): Distribution {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  const isPlain = url && /^https?:$/.test(url.protocol) && !url.username && !url.password &&
    !url.search && !url.hash && !/["\\\s]/.test(address);
  if (isPlain) return { repository: url.href.replace(/\/+$/, "") };
  throw new ComfydockError(
    distributionErrors.DISTRIBUTION_INVALID,
    `Cannot use "${redact(address)}" as the address of a distribution`,
    { hint: "Name a repository such as https://github.com/OWNER/NAME" },
  );
}

/**
 * The address of a file that a release brings.
 *
 * @param tag The release; the newest one when absent.
 */
export function releaseAsset({ repository }: Distribution, name: string, tag?: string): string {
  return tag === undefined
    ? `${repository}/releases/latest/download/${encodeURIComponent(name)}`
    : `${repository}/releases/download/${encodeURIComponent(tag)}/${encodeURIComponent(name)}`;
}

/** The address of a published data file, as it stands in the repository today. */
export function publishedFile({ repository }: Distribution, name: string): string {
  return `${repository}/raw/${DATA_BRANCH}/${encodeURIComponent(name)}`;
}

/**
 * Where a file is published, for a place as people name it.
 *
 * @param place The http address of a repository, whose last part has no dot; anything else is the place itself.
 */
export function publishedPlace(place: string, name: string): string {
  const url = /^https?:/i.test(place) && URL.canParse(place) ? new URL(place) : undefined;
  const isRepository = url && !url.search && !url.hash && /\/[^/.]+\/*$/.test(url.pathname);
  return isRepository ? publishedFile({ repository: place.replace(/\/+$/, "") }, name) : place;
}

/** The text of {@linkcode DISTRIBUTION_FILE} with another address; all else stays. */
export function withRepository(text: string, { repository }: Distribution): string {
  return text.replace(/^repository = ".*"$/m, () => `repository = ${JSON.stringify(repository)}`);
}
