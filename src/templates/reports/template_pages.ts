import type { CheckedWorkflow, CheckFacts } from "../checks/mod.ts";
import { isId, whyExcluded } from "../repository/mod.ts";
import type { TemplateEntry } from "../types.ts";
import { type GalleryEntry, galleryOf } from "./gallery.ts";

/** A page of the documentation. */
export interface DocumentationPage {
  /** Below the directory of the documentation. */
  readonly name: string;
  /** Markdown. */
  readonly text: string;
}

/**
 * Writes the documentation of templates: a page for each, and one that lists them by category.
 *
 * @param toTemplates Path from the directory of the documentation to that of templates, such as `../../templates`.
 */
export function templatePages(
  facts: CheckFacts,
  toTemplates: string,
): readonly DocumentationPage[] {
  const gallery = new Map(galleryOf(facts, []).map((one) => [one.id, one]));
  const pages = (facts.index?.templates ?? []).flatMap((entry) => {
    const shown = gallery.get(entry.name);
    return shown && isId(entry.name) ? [pageOf(entry, shown, facts, toTemplates)] : [];
  });
  return [contents(facts), ...pages];
}

function contents({ index }: CheckFacts): DocumentationPage {
  const categories = (index?.categories ?? []).filter(({ templates }) => templates.length > 0);
  const lines = categories.flatMap(({ title, templates }) => [
    "",
    `## ${plain(title)}`,
    "",
    ...templates.map((one) =>
      `- [${plain(one.title ?? one.name)}](${encodeURIComponent(`${one.name}.md`)})`
    ),
  ]);
  return { name: "README.md", text: `${["# Templates", ...lines].join("\n")}\n` };
}

function pageOf(
  entry: TemplateEntry,
  { category, bundle, bytes, file, shown }: GalleryEntry,
  { repository, workflows }: CheckFacts,
  toTemplates: string,
): DocumentationPage {
  const { name, title = name, description, tags, minComfyUIVersion, tutorialUrl } = entry;
  const workflow = workflows.get(name);
  const owner = repository.bundles.list.find((one) => one.name === bundle)?.package;
  const json = repository.jsonPackage?.id ?? owner;
  const why = whyExcluded(entry);
  const facts: readonly (readonly [string, string | undefined])[] = [
    ["Id", code(name)],
    ["Category", plain(category)],
    ["Makes", entry.mediaType && plain(entry.mediaType)],
    ["Bundle", bundle && code(bundle)],
    [
      "Packages",
      why
        ? undefined
        : [...new Set([json, owner])].flatMap((id) => id ? [code(id)] : []).join(", "),
    ],
    ["Not packaged", why && `because of its ${why === "distribution" ? "distributions" : why}`],
    ["Since", entry.date],
    ["Needs ComfyUI", minComfyUIVersion && plain(minComfyUIVersion)],
    ["Tags", tags.length > 0 ? tags.map(plain).join(", ") : undefined],
    ["Bytes", String(bytes)],
    [
      "Tutorial",
      tutorialUrl && /^https?:\/\/\S+$/.test(tutorialUrl) ? `<${tutorialUrl}>` : undefined,
    ],
  ];
  const picture = file !== undefined && shown === "picture"
    ? ["", `![${plain(title)}](${toTemplates}/${encodeURIComponent(file)})`]
    : [];
  const lines = [
    `# ${plain(title)}`,
    ...description ? ["", plain(description)] : [],
    ...picture,
    "",
    ...facts.flatMap(([term, value]) => value ? [`- ${term}: ${value}`] : []),
    ...workflow ? sections(entry, workflow) : ["", "Its workflow is missing."],
    "",
    `[Workflow](${toTemplates}/${encodeURIComponent(`${name}.json`)})`,
  ];
  return { name: `${name}.md`, text: `${lines.join("\n")}\n` };
}

function sections(entry: TemplateEntry, workflow: CheckedWorkflow): readonly string[] {
  const models = new Map(
    workflow.models.map((model) => [`${model.directory}/${model.name}`, model]),
  );
  const packs = new Set([
    ...entry.requiresCustomNodes,
    ...workflow.packs.map(({ id }) => id).filter((id) => id !== "comfy-core"),
  ]);
  return [
    ...listed(
      "Models",
      [...models.values()].map(({ name, directory, url }) =>
        `${code(name)}${directory ? ` in ${code(directory)}` : ""}${
          url && /^https?:\/\/\S+$/.test(url) ? `: <${url}>` : ""
        }`
      ),
    ),
    ...listed("Custom nodes", [...packs].map(code)),
    ...listed("Input files", [...new Set(workflow.inputs.map(({ file }) => file))].map(code)),
    ...listed(`Nodes (${workflow.nodes})`, workflow.classes.map(code)),
  ];
}

function listed(title: string, items: readonly string[]): readonly string[] {
  return items.length === 0 ? [] : ["", `## ${title}`, "", ...items.map((item) => `- ${item}`)];
}

/** A text from outside that Markdown takes as text, on one line. */
function plain(text: string): string {
  return text.trim().replace(/\s+/g, " ").replace(/[\\`*_[\]<>#|~]/g, "\\$&");
}

function code(text: string): string {
  return `\`${text.replace(/[`\s]+/g, " ")}\``;
}
