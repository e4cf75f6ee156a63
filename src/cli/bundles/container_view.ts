import { counted } from "../../base/mod.ts";
import type { Style } from "../../output/mod.ts";
import type { ContainerData, ExportData } from "./export_data.ts";

/** What was written for a container, or would be. */
export function renderContainer(
  { dry_run, name, file, files, nodes, notes }: ExportData,
  { base, fetched_nodes, fetched_models }: ContainerData,
  style: Style,
): string[] {
  return [
    `${dry_run ? "Would write" : style.green("Wrote")} a container of ${
      style.bold(name)
    } to ${file}`,
    `  ${counted(files, "file")}, on ${base}`,
    ...nodes.length > 0 ? [`  Node packs that come along: ${nodes.join(", ")}`] : [],
    ...fetched_nodes.length > 0
      ? [`  Node packs that the build fetches: ${fetched_nodes.join(", ")}`]
      : [],
    ...fetched_models.length > 0
      ? [`  Models that it fetches with FETCH_MODELS=1: ${fetched_models.join(", ")}`]
      : [],
    ...notes.map((note) => style.dim(`  ${note}`)),
    ...dry_run ? [] : [`Next: docker compose --project-directory "${file}" up --build --detach`],
  ];
}
