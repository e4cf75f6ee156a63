import { formatBytes, type Style } from "../../output/mod.ts";

/** What a bundle of a workflow holds. */
export interface WorkflowBundleData {
  /** In bytes; `null` in a dry run. */
  readonly size: number | null;
  /** What it says of packs and models, by id and key, and which of them come along. */
  readonly nodes: readonly string[];
  readonly models: readonly string[];
  readonly packed_nodes: readonly string[];
  readonly packed_models: readonly string[];
  readonly notes: readonly string[];
}

/** What came along in a bundle of a workflow. */
export interface ImportedBundleData {
  /** Packs that came in, by id; those that were here stay. */
  readonly nodes: readonly string[];
  /** Models that came into the manifest, by key. */
  readonly models: readonly string[];
  readonly unpacked: readonly string[];
  readonly missing: readonly string[];
  readonly notes: readonly string[];
}

/** What goes into a bundle. */
export function exportedLines(
  { size, nodes, models, packed_nodes, packed_models, notes }: WorkflowBundleData,
  style: Style,
): string[] {
  const marked = (names: readonly string[], packed: readonly string[]) =>
    names.map((name) => packed.includes(name) ? name : `${name} (to be fetched)`).join(", ");
  return [
    ...size === null ? [] : [`  ${formatBytes(size)}`],
    ...nodes.length > 0 ? [`  Node packs: ${marked(nodes, packed_nodes)}`] : [],
    ...models.length > 0 ? [`  Models: ${marked(models, packed_models)}`] : [],
    ...notes.map((note) => style.dim(`  ${note}`)),
  ];
}

/** What came out of a bundle. */
export function bundleLines(
  { nodes, models, missing, notes }: ImportedBundleData,
  style: Style,
): string[] {
  return [
    ...nodes.length > 0 ? [`  Node packs: ${nodes.join(", ")}`] : [],
    ...models.length > 0 ? [`  Models: ${models.join(", ")}`] : [],
    ...missing.length > 0
      ? [`  Models not here: ${missing.join(", ")}; comfydock model download`]
      : [],
    ...notes.map((note) => style.yellow(`  ${note}`)),
  ];
}
