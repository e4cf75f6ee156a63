import { ComfydockError, nearest } from "../../base/mod.ts";
import { showJsonPath } from "../../workflows/json/mod.ts";
import { templateErrors } from "../errors.ts";
import { placeOf } from "../findings/mod.ts";
import { isInnerPath } from "./inner_path.ts";
import type { RepositoryFiles } from "./files.ts";
import { readJsonDocument } from "./json_document.ts";
import { type ObjectReader, readRootObject } from "./shapes.ts";
import type { SizeLimits } from "./size_limits.ts";

/** Name of the file that says where a repository differs from the usual layout. */
export const CONFIG_FILE = "templates.config.json";

/** Where things are in a repository; all paths are below its root, with forward slashes. */
export interface RepositoryConfig {
  /** Whether the repository has a `templates.config.json`. */
  readonly written: boolean;
  readonly templatesDir: string;
  readonly packagesDir: string;
  readonly metaFile: string;
  readonly bundles: string;
  readonly index: string;
  /** The repository's own schema of its index files. */
  readonly schema: string;
  readonly logos: string;
  /** Absent: `manifest.json` in the module of the core package. */
  readonly manifest?: string;
  readonly policy: string;
  readonly quota: string;
  readonly whitelist: string;
  readonly translations: string;
  readonly inputDir: string;
  readonly outputDir: string;
  readonly thumbnailDir: string;
  readonly archiveDir: string;
  readonly blueprintsDir: string;
  readonly blueprintBundles: string;
  /** Ids of packages by bundle, where they do not follow from its name. */
  readonly packages: Readonly<Record<string, string>>;
  /** Id of the package that ships all JSON; `null` for none, absent: the package `json` where there is one. */
  readonly jsonPackage?: string | null;
  /** Of files that are packaged, without dot. */
  readonly extensions: readonly string[];
  /** Absent: those that have an index file. */
  readonly locales?: readonly string[];
  /** Packages that must not change, besides those of the policy. */
  readonly frozen: readonly string[];
  readonly limits: Partial<SizeLimits>;
  /** Index that `check remote` asks. */
  readonly registryUrl?: string;
  readonly tagPrefix: string;
  /** Regular expression for subjects of commits. */
  readonly commitPattern?: string;
}

const PATHS = {
  templatesDir: "templates",
  packagesDir: "packages",
  metaFile: "pyproject.toml",
  bundles: "bundles.json",
  index: "templates/index.json",
  schema: "templates/index.schema.json",
  logos: "templates/index_logo.json",
  policy: "scripts/data/version_policy.json",
  quota: "scripts/data/pypi-packages.json",
  whitelist: "scripts/data/whitelist.json",
  translations: "scripts/data/i18n.json",
  inputDir: "input",
  outputDir: "output",
  thumbnailDir: "thumbnail",
  archiveDir: "archived",
  blueprintsDir: "blueprints",
  blueprintBundles: "blueprints_bundles.json",
} as const;
const FOLLOWING_TEMPLATES = {
  index: "index.json",
  schema: "index.schema.json",
  logos: "index_logo.json",
};
const EXTENSIONS = "webp png jpg jpeg gif mp4 webm mp3 wav ogg flac m4a".split(" ");
const LIMITS: Readonly<Record<keyof SizeLimits, true>> = {
  fileLimit: true,
  fileWarnPercent: true,
  fileCriticalPercent: true,
  quota: true,
  quotaWarnPercent: true,
  quotaCriticalPercent: true,
  quotaFailPercent: true,
};
const OTHERS = [
  ...["manifest", "packages", "jsonPackage", "extensions", "locales", "frozen", "limits"],
  ...["registryUrl", "tagPrefix", "commitPattern"],
];

/**
 * Reads `templates.config.json`; what it leaves out is where it usually is.
 *
 * @throws `E_BAD_CONFIG`
 */
export async function readConfig(files: RepositoryFiles): Promise<RepositoryConfig> {
  const { value: document, findings } = await readJsonDocument(files, CONFIG_FILE);
  const found = [...findings];
  const root = document && readRootObject(document, found);
  const config = root ? fromReader(root) : { ...usual(PATHS.templatesDir), written: false };
  const [first] = found;
  if (first) throw badConfig(`${placeOf(first)}: ${first.message}`);
  return config;
}

function usual(templatesDir: string): RepositoryConfig {
  const following = Object.entries(FOLLOWING_TEMPLATES)
    .map(([key, name]) => [key, `${templatesDir}/${name}`]);
  return {
    ...PATHS,
    ...Object.fromEntries(following),
    written: true,
    templatesDir,
    packages: {},
    extensions: EXTENSIONS,
    frozen: [],
    limits: {},
    tagPrefix: "v",
  };
}

function fromReader(root: ObjectReader): RepositoryConfig {
  refuseUnknown(root, [...Object.keys(PATHS), ...OTHERS, "$schema"]);
  const pathAt = (key: string) => {
    const path = root.text(key);
    if (path !== undefined && !isInnerPath(path)) {
      throw badConfig(`${CONFIG_FILE} $.${key}: "${path}" does not lead below the repository`);
    }
    return path;
  };
  const paths = Object.keys(PATHS).flatMap((key) => {
    const path = pathAt(key);
    return path === undefined ? [] : [[key, path]];
  });
  const json = root.raw.jsonPackage === null ? null : root.text("jsonPackage");
  return {
    ...usual(pathAt("templatesDir") ?? PATHS.templatesDir),
    ...Object.fromEntries(paths),
    manifest: pathAt("manifest"),
    packages: textsByKey(root.below("packages")),
    jsonPackage: json,
    ...(root.raw.extensions !== undefined && { extensions: root.texts("extensions") }),
    ...(root.raw.locales !== undefined && { locales: root.texts("locales") }),
    frozen: root.texts("frozen"),
    limits: limitsOf(root.below("limits")),
    registryUrl: root.text("registryUrl"),
    tagPrefix: root.text("tagPrefix") ?? "v",
    commitPattern: root.text("commitPattern"),
  };
}

function textsByKey(reader: ObjectReader | undefined): Readonly<Record<string, string>> {
  const entries = Object.keys(reader?.raw ?? {}).map((key) => [key, reader?.text(key) ?? ""]);
  return Object.fromEntries(entries);
}

function limitsOf(reader: ObjectReader | undefined): Partial<SizeLimits> {
  if (!reader) return {};
  refuseUnknown(reader, Object.keys(LIMITS));
  return Object.fromEntries(Object.keys(reader.raw).map((key) => [key, reader.number(key)]));
}

function refuseUnknown(reader: ObjectReader, known: readonly string[]): void {
  const unknown = Object.keys(reader.raw).find((key) => !known.includes(key));
  if (unknown === undefined) return;
  const near = nearest(unknown, known);
  throw badConfig(
    `${CONFIG_FILE} ${showJsonPath([...reader.at, unknown])}: there is no such setting`,
    near === undefined ? undefined : `Did you mean "${near}"?`,
  );
}

function badConfig(why: string, hint?: string): ComfydockError {
  return new ComfydockError(templateErrors.E_BAD_CONFIG, `Cannot use ${why}`, {
    hint: hint ?? "Run `comfydock templates schema print config` to see what it may hold",
  });
}
