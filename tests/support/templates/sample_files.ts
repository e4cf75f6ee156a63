import { createHash } from "node:crypto";
import { tinyWebp } from "./pictures.ts";

/** Files by path below the root of a repository. */
export type SampleFiles = Map<string, string | Uint8Array<ArrayBuffer>>;

/** Prints JSON as the real repository does. */
export function jsonText(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** A workflow of format 0.4 that loads a model and saves a picture. */
export function sampleWorkflow(id: string): string {
  const model = `${id}.safetensors`;
  return jsonText({
    id: "00000000-0000-4000-8000-000000000000",
    revision: 0,
    last_node_id: 2,
    last_link_id: 1,
    nodes: [
      {
        id: 1,
        type: "CheckpointLoaderSimple",
        pos: [0, 0],
        size: [300, 100],
        flags: {},
        order: 0,
        mode: 0,
        inputs: [],
        outputs: [{ name: "MODEL", type: "MODEL", links: [1] }],
        properties: {
          cnr_id: "comfy-core",
          ver: "0.3.40",
          models: [{
            name: model,
            url: `https://models.invalid/resolve/main/${model}`,
            directory: "checkpoints",
          }],
        },
        widgets_values: [model],
      },
      {
        id: 2,
        type: "PreviewAny",
        pos: [400, 0],
        size: [200, 100],
        flags: {},
        order: 1,
        mode: 0,
        inputs: [{ name: "source", type: "*", link: 1 }],
        outputs: [],
        properties: { cnr_id: "comfy-core", ver: "0.3.40" },
        widgets_values: [],
      },
    ],
    links: [[1, 1, 0, 2, 0, "MODEL"]],
    groups: [],
    config: {},
    extra: {},
    version: 0.4,
  });
}

/** The entry of a template in the index; `more` takes the place of usual fields or adds to them. */
export function sampleEntry(
  name: string,
  more: Readonly<Record<string, unknown>> = {},
): Readonly<Record<string, unknown>> {
  return {
    name,
    title: `Template ${name}`,
    description: `What ${name} does`,
    mediaType: "image",
    mediaSubtype: "webp",
    tags: ["Image"],
    models: ["Flux"],
    date: "2025-11-01",
    openSource: !name.startsWith("api_"),
    ...name.startsWith("api_") && { tags: ["Image", "API"] },
    ...more,
  };
}

/** Adds workflow and thumbnail of a template. */
export function addTemplateFiles(files: SampleFiles, id: string): void {
  files.set(`templates/${id}.json`, sampleWorkflow(id));
  files.set(`templates/${id}-1.webp`, tinyWebp(`${id} 1`));
}

/**
 * The manifest of a repository, as its own script writes it.
 *
 * @param bundles `bundles.json`.
 * @param logos Bundle of each logo, where it is not that of `index_logo`.
 */
export function sampleManifest(
  files: SampleFiles,
  bundles: Readonly<Record<string, readonly string[]>>,
  logos: Readonly<Record<string, string>> = {},
): string {
  const digest = (path: string) => createHash("sha256").update(files.get(path) ?? "").digest("hex");
  const assetsOf = (id: string) =>
    [...files.keys()].filter((path) => belongsTo(path, id)).sort()
      .map((path) => path.slice("templates/".length))
      .map((filename) => ({
        filename,
        sha256: digest(`templates/${filename}`),
        ...Object.hasOwn(logos, filename) && { bundle: logos[filename] },
      }));
  const templates = Object.entries(bundles).flatMap(([bundle, ids]) =>
    ids.map((id) => ({
      id,
      bundle,
      version: "0.0.0",
      assets: assetsOf(id),
      cdn: { path: `${bundle}/${id}/` },
    }))
  );
  return jsonText({
    manifest_version: 1,
    bundles: Object.fromEntries(Object.keys(bundles).map((name) => [name, { version: "0.0.0" }])),
    templates: templates.sort((left, right) => left.id < right.id ? -1 : 1),
  });
}

function belongsTo(path: string, id: string): boolean {
  if (path === `templates/${id}.json`) return true;
  if (id === "index_logo" && path.startsWith("templates/logo/")) return true;
  return path.startsWith(`templates/${id}-`) &&
    /^-\d+\.[a-z0-9]+$/.test(path.slice(`templates/${id}`.length));
}
