import { ComfydockError } from "../../base/mod.ts";
import { templateErrors } from "../errors.ts";
import type { Finding } from "../findings/mod.ts";
import type {
  Bundle,
  Bundles,
  PackageKind,
  TemplatePackage,
  TemplateRepository,
} from "../types.ts";
import { readBundles } from "./bundles.ts";
import { readConfig, type RepositoryConfig } from "./config.ts";
import type { RepositoryFiles } from "./files.ts";
import { readJsonDocument } from "./json_document.ts";
import { type ReadPackage, readPackage } from "./packages.ts";
import { readLimits, readPolicy } from "./policy.ts";

/**
 * Reads a repository of templates: configuration, packages, bundles and policy, as far as they can be read.
 *
 * @param files The working copy or a commit.
 * @throws `E_BAD_CONFIG`, `E_NO_REPOSITORY` when there is no `bundles.json`
 */
export async function openRepository(files: RepositoryFiles): Promise<TemplateRepository> {
  const config = await readConfig(files);
  const findings: Finding[] = [];
  const meta = await readPackage(
    files,
    { id: "meta", directory: directoryOf(config.metaFile), path: config.metaFile },
    findings,
  );
  const read = await readSubpackages(files, config, meta?.normalizedName, findings);
  const bundles = await openBundles(files, config, read, findings);
  const policy = await readPolicy(files, config);
  const limits = await readLimits(files, config);
  findings.push(...policy.findings, ...limits.findings);
  const complete = (one: ReadPackage): TemplatePackage => ({
    ...one,
    kind: kindOf(one, bundles.list, config),
    bundles: bundles.list.filter((bundle) => bundle.package === one.id).map(({ name }) => name),
    frozen: policy.value.frozenPackages.has(one.id),
  });
  const packages = read.map(complete);
  return {
    files,
    config,
    packages,
    meta: meta && { ...meta, kind: "meta", bundles: [], frozen: false },
    bundles,
    policy: policy.value,
    limits: limits.value,
    jsonPackage: packages.find(({ kind }) => kind === "json"),
    corePackage: packages.find(({ kind }) => kind === "core"),
    findings,
  };
}

async function readSubpackages(
  files: RepositoryFiles,
  { packagesDir }: RepositoryConfig,
  meta: string | undefined,
  findings: Finding[],
): Promise<readonly ReadPackage[]> {
  const packages: ReadPackage[] = [];
  for (const id of await files.directories(packagesDir)) {
    const directory = `${packagesDir}/${id}`;
    const path = `${directory}/pyproject.toml`;
    const one = await readPackage(files, { id, directory, path }, findings);
    // `packages/meta` holds the sources of the root's package; where it has a pyproject, that is a left-over.
    if (one && one.normalizedName !== meta) packages.push(one);
  }
  return packages;
}

async function openBundles(
  files: RepositoryFiles,
  config: RepositoryConfig,
  packages: readonly ReadPackage[],
  findings: Finding[],
): Promise<Bundles> {
  const { value, findings: problems } = await readJsonDocument(files, config.bundles);
  if (!value && problems.length === 0) throw noBundles(files.label, config.bundles);
  // Broken JSON is a finding; nothing is known of bundles then.
  const document = value ?? { path: config.bundles, text: "{}", value: {} };
  const packageOf = (bundle: string) => {
    const id = Object.hasOwn(config.packages, bundle)
      ? config.packages[bundle]
      : bundle.replace(/[-.]/g, "_");
    return packages.find((one) => one.id === id)?.id;
  };
  const bundles = readBundles(document, packageOf);
  findings.push(...problems, ...bundles.findings);
  return bundles.value;
}

function kindOf(
  { id, normalizedName }: ReadPackage,
  bundles: readonly Bundle[],
  { jsonPackage }: RepositoryConfig,
): PackageKind {
  if (jsonPackage === undefined ? id === "json" : jsonPackage === id) return "json";
  if (id === "core" || normalizedName.endsWith("-core")) return "core";
  if (id === "blueprints") return "blueprints";
  return id.startsWith("media") || bundles.some((bundle) => bundle.package === id)
    ? "media"
    : "other";
}

function directoryOf(path: string): string {
  return path.includes("/") ? path.slice(0, path.lastIndexOf("/")) : ".";
}

function noBundles(where: string, path: string): ComfydockError {
  return new ComfydockError(
    templateErrors.E_NO_REPOSITORY,
    `Cannot read the repository of templates (${where}): it has no "${path}"`,
    { hint: "Add the file, or name it as `bundles` in templates.config.json" },
  );
}
