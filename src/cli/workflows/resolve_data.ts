import type { ResolveReport } from "../../environment/workflows/mod.ts";
import { formatBytes, type Style } from "../../output/mod.ts";
import {
  classData,
  evidenceWords,
  type InspectedClass,
  shownClasses,
  weakestOf,
} from "./inspect_data.ts";

/** What `workflow resolve` tells. */
export interface ResolveData {
  readonly file: string;
  readonly dry_run: boolean;
  /** Whether nothing is missing any more. */
  readonly resolved: boolean;
  readonly classes: readonly InspectedClass[];
  readonly models: readonly ResolvedModelData[];
  /** References as `node add` takes them; with --install they are installed. */
  readonly install: readonly string[];
  readonly enable: readonly string[];
  readonly download: readonly {
    readonly name: string;
    readonly folder: string;
    readonly urls: readonly string[];
  }[];
  readonly rewritten: readonly { readonly path: string; readonly value: string }[];
  readonly installed: readonly string[];
  readonly fetched: readonly {
    readonly path: string | null;
    readonly outcome: string;
    readonly error: string | null;
  }[];
  readonly edited: boolean;
  readonly commit: string | null;
}

/** One model that the workflow names. */
export interface ResolvedModelData {
  readonly value: string;
  readonly node: string;
  readonly outcome: string;
  readonly evidence: string | null;
  readonly file: string | null;
  readonly size: number | null;
  readonly candidates: readonly string[];
  readonly urls: readonly string[];
}

/** Shapes a report: what stands now, and the plan that led there. */
export function resolveData(
  file: string,
  { before, after, installed, fetched, edited, commit }: ResolveReport,
  dryRun: boolean,
): ResolveData {
  const { plan } = before;
  const left = after.plan;
  const open = left.open.classes.length + left.open.models.length + left.install.length +
    left.enable.length + left.download.length + left.link.length;
  return {
    file,
    dry_run: dryRun,
    resolved: open === 0,
    classes: after.nodes.filter(({ outcome }) => outcome !== "builtin").map(classData),
    models: after.models.map(({ reference, outcome, evidence, file, candidates, offers }) => ({
      value: reference.value,
      node: reference.place.type,
      outcome,
      evidence: evidence ?? null,
      file: file ? [file.folder, file.path].filter(Boolean).join("/") : null,
      size: file?.size ?? offers[0]?.size ?? null,
      candidates: candidates.map(({ path }) => path),
      urls: offers.map(({ url }) => url),
    })),
    install: plan.install.map(({ reference }) => reference),
    enable: plan.enable,
    download: plan.download.map(({ name, folder, offers }) => ({
      name,
      folder,
      urls: offers.map(({ url }) => url),
    })),
    rewritten: plan.rewrite.map(({ path, value }) => ({
      path: path.join("."),
      value: String(value),
    })),
    installed,
    fetched: fetched.map((outcome) => ({
      path: outcome.kind === "failed" ? null : outcome.path,
      outcome: outcome.kind,
      error: outcome.kind === "failed" ? outcome.error.message : null,
    })),
    edited,
    commit: commit ?? null,
  };
}

/** What is there, what was done, what is left. */
export function view(data: ResolveData, style: Style): string[] {
  const { classes, models, fetched, installed, edited, resolved } = data;
  const missing = classes.filter(({ outcome }) => !/^(installed|optional)$/.test(outcome));
  const packs = Map.groupBy(
    missing,
    ({ outcome, pack, candidates, type, comfyui }) =>
      JSON.stringify(
        pack === null ? [outcome, candidates, comfyui, outcome === "unknown" && type] : pack,
      ),
  ).values();
  const open = models.filter(({ outcome }) => outcome !== "local" && outcome !== "moved");
  return [
    ...installed.map((id) => `${style.green("Installed")} ${id}`),
    ...fetched.map(({ path, outcome, error }) =>
      error === null
        ? `${style.green("Got")} ${path} (${outcome})`
        : `${style.red("Failed")} ${error}`
    ),
    ...(edited ? [`${style.green("Wrote")} ${data.file}`] : []),
    ...[...packs].map((members) => missingLine(members, style)),
    ...open.map(({ value, outcome, candidates, urls, size }) =>
      `${style.red("Missing")} model ${style.bold(value)}: ${
        outcome === "downloadable"
          ? `${urls[0]}${size === null ? "" : ` (${formatBytes(size)})`}`
          : outcome === "ambiguous"
          ? `one of ${candidates.join(", ")}; say --model "${value}=PATH"`
          : outcome === "misplaced"
          ? "it lies in another folder"
          : `not known${
            candidates.length > 0 ? `, perhaps ${candidates.join(" or ")}` : ""
          }; say --model "${value}=URL" or --without-model "${value}"`
      }`
    ),
    resolved
      ? style.green("Everything that it needs is here")
      : `Get what can be had with --install --download`,
  ];
}

/** What is known of classes that one pack, or the same ones, provide. */
function missingLine(classes: readonly InspectedClass[], style: Style): string {
  const [{ outcome, pack, candidates, comfyui, type }] = classes as [InspectedClass];
  const names = shownClasses(classes, style.bold);
  const about: Readonly<Record<string, string>> = {
    available: `comfydock node add ${pack}${style.dim(`  ${evidenceWords(weakestOf(classes))}`)}`,
    disabled: `comfydock node enable ${pack}`,
    ambiguous: `one of ${candidates.join(", ")}; say --pack "${type}=ID"`,
    newer_comfyui: `a newer ComfyUI has ${names.length === 1 ? "it" : "them"}${
      comfyui === null ? "" : `, such as ${comfyui}`
    }`,
    unknown: `nobody known provides it; say --pack "${type}=ID" or --without "${type}"`,
  };
  return `${style.red("Missing")} ${names.length === 1 ? "node" : "nodes"} ${names.join(", ")}: ${
    about[outcome]
  }`;
}
