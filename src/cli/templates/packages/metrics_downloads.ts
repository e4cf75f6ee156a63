import { ComfydockError, readTextBounded } from "../../../base/mod.ts";
import { alignColumns, formatCount, type Outcome } from "../../../output/mod.ts";
import { badMetrics, type Downloads, parseDownloads } from "../../../templates/metrics/mod.ts";
import type { CommandContext, InputOf } from "../../types.ts";
import type { downloadsOptions } from "./options.ts";

/** How often packages were downloaded. */
export interface DownloadsData {
  readonly packages: readonly Downloads[];
}

const LARGEST = 4 * 1024 ** 2;

/** Reads the downloads of packages from a file or an address. */
export async function run(
  { options: { from } }: InputOf<typeof downloadsOptions>,
  context: CommandContext,
): Promise<Outcome<DownloadsData>> {
  const text = /^https?:\/\//i.test(from)
    ? await fetchText(from, context)
    : await readTextBounded(from, LARGEST);
  try {
    return { data: { packages: parseDownloads(JSON.parse(text)) } };
  } catch (cause) {
    if (cause instanceof ComfydockError) throw cause;
    throw badMetrics(`"${from}" is not JSON`, cause);
  }
}

async function fetchText(url: string, context: CommandContext): Promise<string> {
  const client = await context.http({ retries: 2 });
  return (await client.send({ url, maxBytes: LARGEST })).text();
}

/** A line for each package. */
export function view({ packages }: DownloadsData): readonly string[] {
  return alignColumns([
    ["package", "day", "week", "month"],
    ...packages.map(({ name, day, week, month }) => [
      name,
      ...[day, week, month].map(formatCount),
    ]),
  ]);
}
