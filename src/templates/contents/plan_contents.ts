import { compareCodePoints } from "../../base/mod.ts";
import { extensionOf, ownerOfFile } from "../repository/mod.ts";
import type {
  TemplateIndex,
  TemplateManifest,
  TemplatePackage,
  TemplateRepository,
} from "../types.ts";
import { excludedIds } from "./packaged_index.ts";
import { ownFiles } from "./own_files.ts";
import type { PackageContents, PackageFile } from "./types.ts";

/** What decides, besides the repository itself, which package a file goes to. */
export interface ContentFacts {
  readonly index?: TemplateIndex;
  readonly locales: readonly TemplateIndex[];
  /** Its assets may name another bundle than that of their template. */
  readonly manifest?: TemplateManifest;
}

/**
 * Tells which files each package ships: its own, and copies of templates, thumbnails, logos and blueprints.
 *
 * All JSON goes to the JSON package where there is one, else to the package of its bundle; media go to the package of
 * their bundle. Templates that need custom nodes or are not for installed ComfyUIs go nowhere.
 */
export async function planContents(
  repository: TemplateRepository,
  facts: ContentFacts,
): Promise<PackageContents> {
  const { config, packages, meta } = repository;
  const contents = new Map<string, PackageFile[]>();
  for (const one of [...packages, ...meta ? [meta] : []]) {
    contents.set(one.id, await ownFiles(repository, one));
  }
  const place = placement(repository, facts);
  const indexes = new Set([facts.index, ...facts.locales].map((one) => one?.document.path));
  for (const source of await repository.files.list(config.templatesDir)) {
    const name = source.slice(config.templatesDir.length + 1);
    const { owner, id } = place(name);
    if (!owner) continue;
    contents.get(owner.id)?.push({
      target: `${owner.moduleDirectory}/templates/${name}`,
      source,
      kind: indexes.has(source) ? "index" : "copy",
      id,
    });
  }
  const blueprints = packages.find(({ kind }) => kind === "blueprints");
  if (blueprints) {
    for (const source of await repository.files.list(config.blueprintsDir)) {
      const name = source.slice(config.blueprintsDir.length + 1);
      const target = `${blueprints.moduleDirectory}/blueprints/${name}`;
      contents.get(blueprints.id)?.push({ target, source, kind: "copy" });
    }
  }
  for (const files of contents.values()) {
    files.sort((left, right) => compareCodePoints(left.target, right.target));
  }
  return contents;
}

/** Gives the package that a file below the directory of templates goes to. */
function placement(
  { config, packages, bundles, policy, jsonPackage }: TemplateRepository,
  { index, manifest }: ContentFacts,
): (name: string) => { readonly owner?: TemplatePackage; readonly id?: string } {
  const excluded = excludedIds(index ?? { templates: [] });
  const overrides = new Map(
    (manifest?.templates ?? []).flatMap(({ assets }) =>
      assets.flatMap(({ filename, bundle }): [string, string][] =>
        bundle === undefined ? [] : [[filename, bundle]]
      )
    ),
  );
  const packageOf = (bundle: string | undefined) => {
    const id = bundles.list.find(({ name }) => name === bundle)?.package;
    return packages.find((one) => one.id === id);
  };
  const logoBundle = bundles.bundleOf.get("index_logo");
  return (name) => {
    if (name.includes("/")) {
      if (!name.startsWith("logo/")) return {};
      const usual = policy.frozenLogos.has(name)
        ? logoBundle ?? policy.additiveLogoBundle
        : policy.additiveLogoBundle ?? logoBundle;
      return { owner: packageOf(overrides.get(name) ?? usual) };
    }
    const extension = extensionOf(name);
    const id = ownerOfFile(name, bundles.bundleOf)?.id;
    if (id === undefined || excluded.has(id)) return {};
    const bundle = bundles.bundleOf.get(id);
    if (extension === "json") return { owner: jsonPackage ?? packageOf(bundle), id };
    if (!config.extensions.includes(extension)) return {};
    return { owner: packageOf(overrides.get(name) ?? bundle), id };
  };
}
