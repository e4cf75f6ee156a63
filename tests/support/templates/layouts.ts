import { tinyPng, tinyWebp } from "./pictures.ts";
import { coreSource, metaPyproject, packagePyproject } from "./python_sources.ts";
import {
  addTemplateFiles,
  jsonText,
  sampleEntry,
  type SampleFiles,
  sampleManifest,
  sampleWorkflow,
} from "./sample_files.ts";

/** A package of a layout: directory, version, bundle. */
interface PackageFacts {
  readonly id: string;
  readonly version: string;
  readonly bundle?: string;
}

/**
 * The small repository of the regression scenarios: three packages and meta, JSON beside media.
 *
 * Root `demo-templates` 0.5.0 pins `demo-core` 0.3.4, `demo-media-api` 0.3.5 and `demo-media-image` 0.3.1.
 */
export function seedFiles(): SampleFiles {
  const bundles = { "media-api": ["index", "api_a"], "media-image": ["img_a"] };
  const files: SampleFiles = new Map();
  addTemplateFiles(files, "api_a");
  addTemplateFiles(files, "img_a");
  files.set("templates/index.json", jsonText([category("image", ["api_a", "img_a"])]));
  return withPackages(files, bundles, [
    { id: "core", version: "0.3.4" },
    { id: "media_api", version: "0.3.5", bundle: "media-api" },
    { id: "media_image", version: "0.3.1", bundle: "media-image" },
  ]);
}

/**
 * A small repository as the real one is today: JSON split out, two frozen packages, two packages of assets, blueprints,
 * translations, logos, a policy.
 */
export function todayFiles(): SampleFiles {
  const bundles = {
    "media-api": ["api_a"],
    "media-image": ["img_a", "index", "index.zh", "index_logo"],
    "media-assets-01": ["vid_b"],
    "media-assets-02": ["sd3.5_c", "needs_nodes"],
  };
  const files: SampleFiles = new Map();
  for (const id of ["api_a", "img_a", "vid_b", "sd3.5_c", "needs_nodes"]) {
    addTemplateFiles(files, id);
  }
  const index = [
    category("image", ["api_a", "img_a", "sd3.5_c"]),
    { ...category("video", ["vid_b"]), title: "Video", type: "video" },
    {
      ...category("custom", []),
      templates: [sampleEntry("needs_nodes", { requiresCustomNodes: ["comfyui-pack"] })],
    },
  ];
  files.set("templates/index.json", jsonText(index));
  files.set("templates/index.zh.json", jsonText(index.map(translated)));
  files.set(
    "templates/index_logo.json",
    jsonText({ Google: "logo/google.png", New: "logo/new.png" }),
  );
  files.set("templates/logo/google.png", tinyPng("google"));
  files.set("templates/logo/new.png", tinyPng("new"));
  files.set("input/picture.png", tinyPng("picture"));
  files.set("blueprints_bundles.json", jsonText({ blueprints: ["text_to_image"] }));
  files.set("blueprints/text_to_image.json", sampleWorkflow("text_to_image"));
  files.set("blueprints/text_to_image-1.webp", tinyWebp("text_to_image"));
  files.set(
    "scripts/data/version_policy.json",
    jsonText({
      description: "What must not change any more",
      frozen_packages: ["media_api", "media_image"],
      frozen_bundles: { "media-api": "media_api", "media-image": "media_image" },
      frozen_bundle_inventory: "scripts/data/frozen_bundle_inventory.json",
      recommended_asset_bundle: "media-assets-02",
      additive_logo_bundle: "media-assets-02",
      frozen_logo_assets: ["logo/google.png"],
    }),
  );
  return withPackages(files, bundles, [
    { id: "core", version: "0.3.325" },
    { id: "json", version: "0.1.60" },
    { id: "media_api", version: "0.3.84", bundle: "media-api" },
    { id: "media_image", version: "0.3.160", bundle: "media-image" },
    { id: "media_assets_01", version: "0.1.36", bundle: "media-assets-01" },
    { id: "media_assets_02", version: "0.1.7", bundle: "media-assets-02" },
    { id: "blueprints", version: "0.0.7" },
  ], { "logo/new.png": "media-assets-02" });
}

function category(moduleName: string, ids: readonly string[]): Readonly<Record<string, unknown>> {
  return {
    moduleName,
    category: "GENERATION TYPE",
    title: "Image",
    type: "image",
    templates: ids.map((id) => sampleEntry(id)),
  };
}

function translated(one: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const templates = one.templates as readonly Readonly<Record<string, unknown>>[];
  return {
    ...one,
    title: "图像",
    templates: templates.map((entry) => ({
      ...entry,
      title: `模板 ${entry.name}`,
      description: `说明 ${entry.name}`,
    })),
  };
}

function withPackages(
  files: SampleFiles,
  bundles: Readonly<Record<string, readonly string[]>>,
  packages: readonly PackageFacts[],
  logos: Readonly<Record<string, string>> = {},
): SampleFiles {
  const moduleOf = (id: string) => `demo_${id}`;
  const json = packages.some(({ id }) => id === "json") ? moduleOf("json") : undefined;
  const modules = Object.fromEntries(
    packages.flatMap(({ id, bundle }) => bundle === undefined ? [] : [[bundle, moduleOf(id)]]),
  );
  files.set("bundles.json", jsonText(bundles));
  for (const { id, version } of packages) {
    const module = moduleOf(id);
    const directory = `packages/${id}`;
    const isCore = id === "core";
    const isBlueprints = id === "blueprints";
    files.set(
      `${directory}/pyproject.toml`,
      packagePyproject({
        name: distribution(id),
        version,
        module,
        hatchling: isBlueprints,
        data: isCore ? ["manifest.json"] : ["templates/*", ...json ? ["templates/**/*"] : []],
        dependencies: isBlueprints ? ["demo-core>=0.0.1"] : [],
      }),
    );
    const source = isCore ? coreSource(modules, json) : `"""Files of ${distribution(id)}."""\n`;
    files.set(`${directory}/src/${module}/__init__.py`, source);
  }
  const pinned = packages.filter(({ id }) => id !== "blueprints")
    .map(({ id, version }) => ({ id, pin: `${distribution(id)}==${version}` }));
  const pins = pinned.map(({ pin }) => pin);
  const perMedia = pinned.filter(({ id }) => json !== undefined && id.startsWith("media"))
    .map(({ id, pin }) => [id.replace("media_", ""), [pin]]);
  files.set(
    "pyproject.toml",
    metaPyproject(
      { name: "demo-templates", version: "0.5.0", module: "demo_templates", dependencies: pins },
      { ...Object.fromEntries(perMedia), all: pins },
    ),
  );
  files.set("README.md", "# Templates of a fixture\n");
  files.set(".gitignore", "packages/*/src/*/templates/\ndist/\n");
  files.set(
    "packages/meta/src/demo_templates/__init__.py",
    '"""All templates."""\nfrom demo_core import *  # noqa: F403\n',
  );
  // Packages do not ship what needs custom nodes, so the manifest does not name it.
  const shipped = Object.entries(bundles)
    .map(([bundle, ids]) => [bundle, ids.filter((id) => id !== "needs_nodes")]);
  files.set(
    "packages/core/src/demo_core/manifest.json",
    sampleManifest(files, Object.fromEntries(shipped), logos),
  );
  return files;
}

function distribution(id: string): string {
  return `demo-${id.replaceAll("_", "-")}`;
}
