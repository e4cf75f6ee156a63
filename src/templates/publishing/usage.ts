import {
  invalidData,
  mapConcurrent,
  parseJsonText,
  readList,
  readNumber,
  readRecord,
} from "../../base/mod.ts";
import type { HttpClient } from "../../http/mod.ts";

const LARGEST = 64 * 1024 ** 2;
const AT_ONCE = 4;
/** https://peps.python.org/pep-0691/#version-format-selection */
const JSON_INDEX = "application/vnd.pypi.simple.v1+json";

/**
 * Asks an index how many bytes the files of distributions take there; one that it does not have takes none.
 *
 * The answers are those of the simple index as JSON, with sizes (PEP 691 and PEP 700).
 *
 * @param url Of the simple index.
 * @param names Normalised names.
 * @returns Bytes by name.
 * @throws `HTTP_…` when it does not answer, or not as JSON; `DATA_INVALID`
 */
export async function usageOnIndex(
  client: HttpClient,
  url: string,
  names: readonly string[],
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, number>> {
  const measure = async (name: string): Promise<[string, number]> => {
    const answer = await client.send({
      url: `${url.replace(/\/+$/, "")}/${name}/`,
      headers: { accept: JSON_INDEX },
      ...{ maxBytes: LARGEST, accept: [404], signal },
    });
    return [name, answer.status === 404 ? 0 : bytesOf(answer.json())];
  };
  return new Map(await Array.fromAsync(mapConcurrent(names, measure, { limit: AT_ONCE, signal })));
}

function bytesOf(value: unknown): number {
  return readList(readRecord(value, "$").files, "$.files").reduce(
    (sum: number, file, at) =>
      sum + readNumber(readRecord(file, `$.files[${at}]`).size, `$.files[${at}].size`),
    0,
  );
}

/**
 * Reads how many bytes distributions take on an index: a JSON object, bytes by name.
 *
 * @param file For messages.
 * @throws `DATA_INVALID`
 */
export function parseUsage(text: string, file: string): ReadonlyMap<string, number> {
  let value: unknown;
  try {
    value = parseJsonText(text, "$");
  } catch {
    throw invalidData("$", `JSON in "${file}"`, text);
  }
  return new Map(
    Object.entries(readRecord(value, "$")).map(([name, bytes]) => [
      name,
      readNumber(bytes, `$.${name}`),
    ]),
  );
}
