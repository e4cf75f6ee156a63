import { alignColumns, formatBytes, type Outcome, type Style } from "../../../output/mod.ts";
import { measureSizes, type PackageSize } from "../../../templates/statistics/mod.ts";
import type { CommandContext, InputOf } from "../../types.ts";
import { readNamedFacts } from "./facts.ts";
import type { contentOptions } from "./options.ts";

/** What `templates size` tells. */
export interface SizeData {
  /** What the index accepts for one file, in bytes. */
  readonly limit_bytes: number;
  /** The largest first. */
  readonly packages: readonly {
    readonly id: string;
    readonly files: number;
    readonly bytes: number;
    readonly percent: number;
    readonly verdict: PackageSize["verdict"];
  }[];
  readonly formats: readonly {
    readonly format: string;
    readonly files: number;
    readonly bytes: number;
    readonly to: string | null;
    /** Estimate. */
    readonly saves_bytes: number;
  }[];
  readonly largest: readonly { readonly name: string; readonly bytes: number }[];
}

/** Measures packages and formats, and estimates what other formats would save. */
export async function run(
  { options }: InputOf<typeof contentOptions>,
  context: CommandContext,
): Promise<Outcome<SizeData>> {
  const { facts, digests, repository } = await readNamedFacts(options, context);
  const { packages, formats, largest } = await measureSizes(facts, digests);
  await digests.save();
  return {
    data: {
      limit_bytes: repository.limits.fileLimit,
      packages,
      formats: formats.map(({ format, files, bytes, to, saves }) => ({
        ...{ format, files, bytes },
        to: to ?? null,
        saves_bytes: saves,
      })),
      largest,
    },
    exit: packages.some(({ verdict }) => verdict === "over") ? 1 : 0,
  };
}

/** Packages, then formats. */
export function view({ packages, formats }: SizeData, style: Style): readonly string[] {
  const shown = (verdict: PackageSize["verdict"]) =>
    verdict === "ok" ? "" : verdict === "warning" ? style.yellow(verdict) : style.red(verdict);
  return [
    ...alignColumns(
      packages.map(({ id, files, bytes, percent, verdict }) => [
        ...[id, `${files} files`, formatBytes(bytes), `${percent} %`, shown(verdict)],
      ]),
    ),
    "",
    ...alignColumns(
      formats.map(({ format, files, bytes, to, saves_bytes }) => [
        ...[format === "" ? "(none)" : format, `${files} files`, formatBytes(bytes)],
        to === null ? "" : style.dim(`as ${to} about ${formatBytes(saves_bytes)} less`),
      ]),
    ),
  ];
}
