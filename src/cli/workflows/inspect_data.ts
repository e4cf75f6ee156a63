import { counted } from "../../base/mod.ts";
import type { Style } from "../../output/mod.ts";
import type {
  NodeEvidence,
  NodeOutcome,
  ResolvedNode,
  Workflow,
  WorkflowDependencies,
} from "../../workflows/mod.ts";

/** What `workflow inspect` tells. */
export interface InspectData {
  readonly file: string;
  /** The environment whose ComfyUI and packs were asked. */
  readonly environment: string | null;
  readonly format: "ui" | "api";
  readonly carrier: string | null;
  readonly counts: {
    readonly nodes: number;
    readonly muted: number;
    readonly bypassed: number;
    readonly subgraphs: number;
    readonly links: number;
  };
  readonly classes: readonly InspectedClass[];
  readonly models: readonly {
    readonly value: string;
    readonly folders: readonly string[];
    readonly node: string;
    readonly evidence: string;
    readonly url: string | null;
  }[];
  readonly inputs: readonly string[];
  readonly links: readonly string[];
  readonly svg: string | null;
}

/** A class, and who provides it. */
export interface InspectedClass {
  readonly type: string;
  readonly instances: number;
  /** How many of them are muted or bypassed, so that the workflow runs without them. */
  readonly inactive: number;
  readonly outcome: NodeOutcome;
  readonly pack: string | null;
  readonly version: string | null;
  /** Why that pack is thought to provide it. */
  readonly evidence: NodeEvidence | null;
  /** How sure that is, from 0 to 1. */
  readonly confidence: number | null;
  /** The best first. */
  readonly candidates: readonly string[];
  readonly comfyui: string | null;
}

/** What was found out about a workflow. */
export interface InspectFacts {
  readonly file: string;
  readonly environment?: string;
  readonly carrier?: string;
  readonly workflow: Workflow;
  readonly needs: WorkflowDependencies;
  readonly nodes: readonly ResolvedNode[];
  readonly svg?: string;
}

/** Shapes what was found out. */
export function inspectData(facts: InspectFacts): InspectData {
  const { file, environment, carrier, workflow, needs, nodes, svg } = facts;
  const real = workflow.nodes.filter(({ role }) => role === "node");
  const count = (mode: string) => real.filter((node) => node.mode === mode).length;
  return {
    file,
    environment: environment ?? null,
    format: workflow.format,
    carrier: carrier ?? null,
    counts: {
      nodes: real.length,
      muted: count("muted"),
      bypassed: count("bypassed"),
      subgraphs: workflow.subgraphs.length,
      links: workflow.links.length,
    },
    classes: nodes.map(classData),
    models: needs.models.map(({ value, folders, place, evidence, embedded }) => ({
      value,
      folders,
      node: place.type,
      evidence,
      url: embedded?.url ?? null,
    })),
    inputs: [...new Set(needs.inputs.map(({ value }) => value))],
    links: [...new Set(needs.links.map(({ url }) => url))],
    svg: svg ?? null,
  };
}

/** Shapes what is known of a class. */
export function classData(
  { need, outcome, chosen, candidates, wantsComfyUI }: ResolvedNode,
): InspectedClass {
  const nameOf = (pack: typeof chosen) => pack?.installed ?? pack?.packageId ?? pack?.repository;
  return {
    type: need.type,
    instances: need.places.length,
    inactive: need.places.filter(({ mode }) => mode !== "active").length,
    outcome,
    pack: nameOf(chosen) ?? null,
    version: chosen?.version ?? null,
    evidence: chosen?.evidence ?? null,
    confidence: chosen?.confidence ?? null,
    candidates: candidates.map((candidate) => nameOf(candidate) ?? ""),
    comfyui: wantsComfyUI ?? null,
  };
}

/** What the workflow is, then what it needs and does not find. */
export function view(data: InspectData, style: Style): string[] {
  const { counts, classes, models, inputs, links, carrier, format } = data;
  const states = [
    ...(counts.muted > 0 ? [`${counts.muted} muted`] : []),
    ...(counts.bypassed > 0 ? [`${counts.bypassed} bypassed`] : []),
    ...(counts.subgraphs > 0 ? [`${counts.subgraphs} subgraphs`] : []),
  ];
  const packs = Map.groupBy(
    classes.filter(({ outcome }) => outcome !== "builtin"),
    ({ outcome, pack, candidates }) => pack ?? [outcome, ...candidates].join(" "),
  );
  return [
    `${style.bold(data.file)}  ${format === "ui" ? "editor" : "API"} format${
      carrier === null ? "" : ` in ${carrier.toUpperCase()}`
    }`,
    `${counted(counts.nodes, "node")}${states.length > 0 ? `, ${states.join(", ")}` : ""}`,
    ...(packs.size > 0 ? ["", style.bold("Packs and classes")] : []),
    ...[...packs.values()].flatMap((members) => packLines(members, style)),
    ...(models.length > 0 ? ["", style.bold("Models")] : []),
    ...new Set(
      models.map(({ value, folders }) =>
        `  ${value}${folders.length > 0 ? style.dim(`  ${folders.join(" or ")}`) : ""}`
      ),
    ),
    ...(links.length > 0 ? ["", style.bold("Links in notes")] : []),
    ...links.map((url) => `  ${url}`),
    ...(inputs.length > 0
      ? ["", style.bold("Input files"), ...inputs.map((name) => `  ${name}`)]
      : []),
    ...(data.svg === null ? [] : ["", `Drew ${data.svg}`]),
  ];
}

const EVIDENCE: Readonly<Record<NodeEvidence, string>> = {
  manifest: "decided before",
  installed: "its files have the class",
  registry_id: "saved with the node",
  unverified_id: "saved with the node, not checked",
  repository: "saved with the node",
  signature: "by its exact shape",
  preemption: "takes the name over",
  class: "by its name",
  needed_anyway: "one of several, which other nodes need anyway",
  covers_open: "one of several, which has all that is open",
  pattern: "by the pattern of its name",
  search: "by a search",
};

/** Why a pack is thought to provide a class, and how sure that is. */
export function evidenceWords(
  { evidence, confidence }: Pick<InspectedClass, "evidence" | "confidence">,
): string {
  if (evidence === null || confidence === null) return "";
  return `${EVIDENCE[evidence]}, ${Math.round(confidence * 100)} %`;
}

/** Names of classes, each once; those that only muted or bypassed nodes have are marked. */
export function shownClasses(
  classes: readonly InspectedClass[],
  paint: (name: string) => string = (name) => name,
): readonly string[] {
  return [...Map.groupBy(classes, ({ type }) => type)].map(([type, members]) =>
    members.every(({ instances, inactive }) => inactive === instances)
      ? `${paint(type)} (inactive)`
      : paint(type)
  );
}

/** Of the classes of one pack the one that makes it least sure. */
export function weakestOf(classes: readonly InspectedClass[]): InspectedClass {
  return classes.reduce((a, b) => (b.confidence ?? 1) < (a.confidence ?? 1) ? b : a);
}

function packLines(classes: readonly InspectedClass[], style: Style): readonly string[] {
  const [first] = classes as [InspectedClass];
  const { outcome, pack, version, comfyui, candidates } = first;
  const about: Readonly<Record<NodeOutcome, string>> = {
    builtin: "",
    installed: style.green("installed"),
    disabled: style.yellow(`disabled; comfydock node enable ${pack}`),
    available: style.yellow(`comfydock node add ${pack}${version === null ? "" : `@${version}`}`),
    ambiguous: style.yellow(`one of ${candidates.slice(0, 4).join(", ")}`),
    newer_comfyui: style.yellow(`a newer ComfyUI${comfyui === null ? "" : `, such as ${comfyui}`}`),
    optional: style.dim("done without"),
    unknown: style.red("nobody known provides it"),
  };
  const names = shownClasses(classes).join(", ");
  return [
    `  ${style.bold(pack ?? outcome.replace("_", " "))}  ${about[outcome]}${
      outcome === "available" ? style.dim(`  ${evidenceWords(weakestOf(classes))}`) : ""
    }`,
    `    ${style.dim(names)}`,
  ];
}
