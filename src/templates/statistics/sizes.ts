import { compareCodePoints } from "../../base/mod.ts";
import type { CheckFacts } from "../checks/mod.ts";
import { planContents } from "../contents/mod.ts";
import type { Digests } from "../digests/mod.ts";
import { extensionOf } from "../repository/mod.ts";

/** How much of a format's bytes another would save, and who says so. */
interface Saving {
  readonly to: string;
  /** From 0 to 1. */
  readonly share: number;
}

// https://developers.google.com/speed/webp/faq: WebP is 26 % smaller than PNG, 25 to 34 % than JPEG, animated 64 % than
// GIF. https://xiph.org/flac/faq.html: FLAC has 50 to 60 % of the bytes of WAV.
const SAVINGS: Readonly<Record<string, Saving>> = {
  png: { to: "webp", share: 0.26 },
  jpg: { to: "webp", share: 0.25 },
  jpeg: { to: "webp", share: 0.25 },
  gif: { to: "webp", share: 0.64 },
  wav: { to: "flac", share: 0.4 },
};

/** The bytes of one format, and an estimate of what another would save. */
export interface FormatSize {
  readonly format: string;
  readonly files: number;
  readonly bytes: number;
  /** The format that would save, where one would. */
  readonly to?: string;
  /** Estimate, in bytes. */
  readonly saves: number;
}

/** The bytes that a package ships, against what the index accepts for one file. */
export interface PackageSize {
  readonly id: string;
  readonly files: number;
  /** Before compression; pictures hardly become smaller. */
  readonly bytes: number;
  /** Of the limit. */
  readonly percent: number;
  readonly verdict: "ok" | "warning" | "critical" | "over";
}

/** Where the bytes of a repository are. */
export interface SizeReport {
  readonly packages: readonly PackageSize[];
  readonly formats: readonly FormatSize[];
  /** The largest files, below the directory of templates. */
  readonly largest: readonly { readonly name: string; readonly bytes: number }[];
}

const LARGEST_SHOWN = 20;

/** Measures packages and formats; nothing is converted. */
export async function measureSizes(facts: CheckFacts, digests: Digests): Promise<SizeReport> {
  const { repository, files } = facts;
  const contents = await planContents(repository, facts);
  const packages: PackageSize[] = [];
  for (const { id } of repository.packages) {
    const shipped = contents.get(id) ?? [];
    let bytes = 0;
    for (const { source } of shipped) bytes += (await digests.facts(source))?.size ?? 0;
    packages.push({ id, files: shipped.length, bytes, ...verdict(bytes, repository.limits) });
  }
  const groups = Map.groupBy(files, ([name]) => extensionOf(name));
  const formats = [...groups].map(([format, group]): FormatSize => {
    const bytes = group.reduce((sum, [, { size }]) => sum + size, 0);
    const saving = SAVINGS[format];
    return {
      ...{ format, files: group.length, bytes },
      ...(saving && { to: saving.to }),
      saves: Math.round(bytes * (saving?.share ?? 0)),
    };
  });
  const largest = [...files].map(([name, { size }]) => ({ name, bytes: size }));
  return {
    packages: packages.sort((left, right) =>
      right.bytes - left.bytes || compareCodePoints(left.id, right.id)
    ),
    formats: formats.sort((left, right) => right.bytes - left.bytes),
    largest: largest.sort((left, right) =>
      right.bytes - left.bytes || compareCodePoints(left.name, right.name)
    ).slice(0, LARGEST_SHOWN),
  };
}

function verdict(
  bytes: number,
  { fileLimit, fileWarnPercent, fileCriticalPercent }: CheckFacts["repository"]["limits"],
): Pick<PackageSize, "percent" | "verdict"> {
  const percent = Math.round(bytes / fileLimit * 1000) / 10;
  const levels = [[100, "over"], [fileCriticalPercent, "critical"], [
    fileWarnPercent,
    "warning",
  ]] as const;
  return { percent, verdict: levels.find(([from]) => percent > from)?.[1] ?? "ok" };
}
