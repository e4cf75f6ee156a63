import { downloadManifestModels, type DownloadReport } from "../../../environment/models/mod.ts";
import { sourceLabel } from "../../../models/mod.ts";
import { formatBytes, type Outcome, type Style } from "../../../output/mod.ts";
import { commandEnvironment } from "../../environment/world.ts";
import type { CommandContext, InputOf } from "../../types.ts";
import type { modelDownloadOptions } from "./options.ts";

/** What became of one model. */
export interface DownloadedData {
  readonly key: string;
  /** `missing` only with --dry-run. */
  readonly outcome: "present" | "linked" | "copied" | "fetched" | "failed" | "missing";
  readonly path: string | null;
  readonly size: number | null;
  readonly source: string | null;
  readonly resumed_from: number;
  /** Sources that did not give it. */
  readonly tried: readonly {
    readonly source: string;
    readonly code: string;
    readonly message: string;
  }[];
  readonly error:
    | { readonly code: string; readonly message: string; readonly hint: string | null }
    | null;
}

/** What `model download` tells. */
export interface DownloadData {
  readonly dry_run: boolean;
  readonly environment: string;
  readonly models: readonly DownloadedData[];
  readonly commit: string | null;
}

const NOTHING = { path: null, size: null, source: null, resumed_from: 0, tried: [], error: null };

/** Fetches models of the manifest. */
export async function run(
  { args, options: { all }, dryRun }: InputOf<typeof modelDownloadOptions>,
  context: CommandContext,
): Promise<Outcome<DownloadData>> {
  const { world, environment } = await commandEnvironment(context);
  const report = await downloadManifestModels(world, { names: args, all, dryRun });
  const models = toData(report, dryRun);
  const failed = models.some(({ outcome }) => outcome === "failed");
  const data = { dry_run: dryRun, environment: environment.name, models };
  return { data: { ...data, commit: report.commit ?? null }, exit: failed ? 1 : undefined };
}

function toData(report: DownloadReport, dryRun: boolean): readonly DownloadedData[] {
  const { outcomes, missing, present, placeless } = report;
  const fetched = dryRun
    ? missing.map(({ key, target, size = null }) => ({
      ...{ ...NOTHING, key, path: target, size },
      outcome: "missing" as const,
    }))
    : outcomes.map((outcome): DownloadedData => {
      const { key, kind } = outcome;
      const tried = outcome.failed.map(({ source, error: { code, message } }) => ({
        source: sourceLabel(source),
        code,
        message,
      }));
      if (outcome.kind === "failed") {
        const { code, message, hint = null } = outcome.error;
        return { ...NOTHING, key, outcome: kind, tried, error: { code, message, hint } };
      }
      const { path, size, source, resumedFrom = 0 } = outcome;
      const from = source === undefined ? null : sourceLabel(source);
      const file = { path, size, source: from, resumed_from: resumedFrom };
      return { ...NOTHING, ...file, key, outcome: kind, tried };
    });
  return [
    ...present.map(({ key, size = null }) => ({
      ...NOTHING,
      key,
      size,
      outcome: "present" as const,
    })),
    ...fetched,
    ...placeless.map(({ key, name }) => ({
      ...{ ...NOTHING, key, outcome: "failed" as const },
      error: {
        code: "MODEL_FOLDER_NEEDED",
        message: `Cannot tell where "${name}" belongs: the manifest gives no usable local_path`,
        hint: `Register it with comfydock model add SOURCE --folder FOLDER`,
      },
    })),
  ];
}

/** Each model in a line; what failed with its reasons. */
export function view({ models, environment }: DownloadData, style: Style): string[] {
  if (models.length === 0) return [`No model to fetch in ${environment}`];
  const here = models.filter(({ outcome }) => outcome === "present").length;
  return [
    ...models.filter(({ outcome }) => outcome !== "present").flatMap((model) =>
      lines(model, style)
    ),
    ...(here > 0 ? [style.dim(`${here} of ${models.length} were here already`)] : []),
  ];
}

function lines(model: DownloadedData, style: Style): readonly string[] {
  const { key, outcome, size, source, resumed_from, error, tried } = model;
  const facts = [
    size === null ? [] : [formatBytes(size)],
    source === null ? [] : [`from ${source}`],
    resumed_from === 0 ? [] : [`${formatBytes(resumed_from)} were here`],
  ].flat().join(", ");
  const head = outcome === "failed" ? style.red(outcome) : style.green(outcome);
  return [
    `${head} ${style.bold(key)}${facts === "" ? "" : ` ${style.dim(facts)}`}`,
    ...(error === null ? [] : [`  ${error.message}`]),
    ...(tried.length > 1 || error === null
      ? tried.map(({ message }) => style.dim(`  ${message}`))
      : []),
    ...(error?.hint && tried.length < 2 ? [style.dim(`  ${error.hint}`)] : []),
  ];
}
