import type { JsonRecord } from "../base/mod.ts";
import type { TomlTable } from "../pyproject/mod.ts";
import type { JsonPath } from "../workflows/json/mod.ts";
import type { Finding } from "./findings/mod.ts";
import type { RepositoryConfig } from "./repository/config.ts";
import type { RepositoryFiles } from "./repository/files.ts";
import type { JsonDocument } from "./repository/json_document.ts";
import type { SizeLimits } from "./repository/size_limits.ts";

/** What a package is for. */
export type PackageKind = "core" | "json" | "media" | "blueprints" | "meta" | "other";

/** A dependency of a package as its pyproject has it. */
export interface PackageRequirement {
  /** As written. */
  readonly text: string;
  /** Normalised as PEP 503 has it. */
  readonly name: string;
  /** Such as `==0.3.6`; empty when any version will do. */
  readonly specifier: string;
  readonly marker?: string;
  /** Where it stands in the pyproject, such as `["project", "dependencies", 0]`. */
  readonly at: readonly (string | number)[];
}

/** One Python package of a repository. */
export interface TemplatePackage {
  /** Name of its directory, such as `media_api`; `meta` for the package of the root. */
  readonly id: string;
  readonly kind: PackageKind;
  /** Below the root, such as `packages/media_api`; `.` for the root. */
  readonly directory: string;
  /** Below the root. */
  readonly pyproject: string;
  /** The pyproject with its byte order mark and line ends. */
  readonly text: string;
  readonly table: TomlTable;
  /** Of the distribution, as written. */
  readonly name: string;
  /** The same, normalised as PEP 503 has it. */
  readonly normalizedName: string;
  /** Name that Python imports. */
  readonly module: string;
  /** Directory of the module below the root; it need not be there. */
  readonly moduleDirectory: string;
  /** Absent when it is missing or dynamic, which is a finding. */
  readonly version?: string;
  readonly requiresPython?: string;
  /** Such as `setuptools.build_meta`. */
  readonly buildBackend?: string;
  readonly dependencies: readonly PackageRequirement[];
  readonly extras: Readonly<Record<string, readonly PackageRequirement[]>>;
  /** The bundles whose files it ships. */
  readonly bundles: readonly string[];
  /** Whether the policy keeps it from changing. */
  readonly frozen: boolean;
}

/** A bundle of `bundles.json`. */
export interface Bundle {
  readonly name: string;
  /** As written, in the order of the file. */
  readonly ids: readonly string[];
  /** The id of the package that it belongs to; absent where there is none. */
  readonly package?: string;
}

/** `bundles.json` as it was read. */
export interface Bundles {
  readonly document: JsonDocument;
  readonly list: readonly Bundle[];
  /** Bundle by id; of an id that comes twice the first counts, and blanks around ids are left out. */
  readonly bundleOf: ReadonlyMap<string, string>;
}

/** What must not change any more, from `version_policy.json`. */
export interface VersionPolicy {
  readonly document?: JsonDocument;
  readonly frozenPackages: ReadonlySet<string>;
  readonly frozenBundles: ReadonlySet<string>;
  /** Where new templates go instead. */
  readonly recommendedBundle?: string;
  readonly additiveLogoBundle?: string;
  /** Below the directory of templates, such as `logo/google.png`. */
  readonly frozenLogos: ReadonlySet<string>;
  /** Path of the inventory of frozen bundles. */
  readonly inventory?: string;
}

/** A repository of workflow templates, without its index files, manifest and workflows. */
export interface TemplateRepository {
  readonly files: RepositoryFiles;
  readonly config: RepositoryConfig;
  /** The packages in `packages/`, by id in the order of code points; the meta package is not among them. */
  readonly packages: readonly TemplatePackage[];
  /** Absent where the root's pyproject cannot be read, which is a finding. */
  readonly meta?: TemplatePackage;
  readonly bundles: Bundles;
  readonly policy: VersionPolicy;
  readonly limits: SizeLimits;
  /** The package that ships all JSON; absent in the layout where bundles ship their own. */
  readonly jsonPackage?: TemplatePackage;
  readonly corePackage?: TemplatePackage;
  /** What is wrong with the files that were read. */
  readonly findings: readonly Finding[];
}

/** A file that a workflow reads or writes, as the index tells it. */
export interface TemplateFile {
  readonly nodeId?: number;
  readonly nodeType?: string;
  readonly file: string;
  readonly mediaType?: string;
}

/** A logo on a thumbnail. */
export interface TemplateLogo {
  readonly providers: readonly string[];
  readonly raw: JsonRecord;
}

/** A template in an index file; a field of the wrong type is a finding and counts as absent. */
export interface TemplateEntry {
  readonly name: string;
  readonly title?: string;
  readonly description?: string;
  readonly mediaType?: string;
  readonly mediaSubtype?: string;
  readonly thumbnailVariant?: string;
  readonly thumbnail: readonly string[];
  readonly tags: readonly string[];
  readonly models: readonly string[];
  readonly date?: string;
  readonly size?: number;
  readonly usage?: number;
  readonly status?: string;
  readonly tutorialUrl?: string;
  readonly openSource?: boolean;
  readonly isApp?: boolean;
  readonly minComfyUIVersion?: string;
  readonly requiresCustomNodes: readonly string[];
  readonly includeOnDistributions: readonly string[];
  readonly logos: readonly TemplateLogo[];
  readonly inputs: readonly TemplateFile[];
  readonly outputs: readonly TemplateFile[];
  /** All fields as they are, known and unknown. */
  readonly raw: JsonRecord;
  /** Where it stands, such as `[0, "templates", 3]`. */
  readonly at: JsonPath;
}

/** A category in an index file. */
export interface TemplateCategory {
  readonly moduleName: string;
  readonly title: string;
  readonly type?: string;
  readonly category?: string;
  readonly isEssential: boolean;
  readonly templates: readonly TemplateEntry[];
  readonly raw: JsonRecord;
  readonly at: JsonPath;
}

/** An index file: the one in English, or one of its translations. */
export interface TemplateIndex {
  readonly document: JsonDocument;
  /** Such as `zh-TW`; absent for the one that all others follow. */
  readonly locale?: string;
  readonly categories: readonly TemplateCategory[];
  /** The templates of all categories, in order. */
  readonly templates: readonly TemplateEntry[];
}

/** A file of a template in the manifest. */
export interface ManifestAsset {
  readonly filename: string;
  /** Lower-case hex. */
  readonly sha256: string;
  /** Takes the place of the entry's. */
  readonly bundle?: string;
}

/** A template in the manifest. */
export interface ManifestEntry {
  readonly id: string;
  readonly bundle: string;
  readonly version: string;
  readonly assets: readonly ManifestAsset[];
  readonly cdnPath?: string;
  readonly at: JsonPath;
}

/** The manifest that the core package carries. */
export interface TemplateManifest {
  readonly document: JsonDocument;
  readonly bundles: readonly string[];
  readonly templates: readonly ManifestEntry[];
}
