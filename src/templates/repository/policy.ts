import type { Finding, Reading } from "../findings/mod.ts";
import type { VersionPolicy } from "../types.ts";
import type { RepositoryConfig } from "./config.ts";
import type { RepositoryFiles } from "./files.ts";
import { readJsonDocument } from "./json_document.ts";
import { readRootObject } from "./shapes.ts";
import type { SizeLimits } from "./size_limits.ts";

const MEGABYTE = 1000 ** 2;
const GIGABYTE = 1000 ** 3;

/** What the public index allows, and when to say so. */
const USUAL_LIMITS: SizeLimits = {
  fileLimit: 100 * MEGABYTE,
  fileWarnPercent: 85,
  fileCriticalPercent: 95,
  quota: 10 * GIGABYTE,
  quotaWarnPercent: 80,
  quotaCriticalPercent: 90,
  quotaFailPercent: 95,
};

/** Reads `version_policy.json`; without the file nothing but the configuration freezes anything. */
export async function readPolicy(
  files: RepositoryFiles,
  { policy: path, frozen }: RepositoryConfig,
): Promise<Reading<VersionPolicy>> {
  const { value: document, findings: problems } = await readJsonDocument(files, path);
  const findings: Finding[] = [...problems];
  const root = document && readRootObject(document, findings);
  const bundles = root?.below("frozen_bundles");
  const value: VersionPolicy = {
    document,
    frozenPackages: new Set([...frozen, ...root?.texts("frozen_packages") ?? []]),
    frozenBundles: new Set(Object.keys(bundles?.raw ?? {})),
    recommendedBundle: root?.text("recommended_asset_bundle"),
    additiveLogoBundle: root?.text("additive_logo_bundle"),
    frozenLogos: new Set(root?.texts("frozen_logo_assets")),
    inventory: root?.text("frozen_bundle_inventory"),
  };
  return { value, findings };
}

/** Reads sizes and quotas from `pypi-packages.json`; the configuration counts before it. */
export async function readLimits(
  files: RepositoryFiles,
  { quota: path, limits }: RepositoryConfig,
): Promise<Reading<SizeLimits>> {
  const { value: document, findings: problems } = await readJsonDocument(files, path);
  const findings: Finding[] = [...problems];
  const root = document && readRootObject(document, findings);
  const limit = root?.number("per_file_limit_mb");
  const percent = (field: string) => {
    const megabytes = root?.number(field);
    if (megabytes === undefined) return undefined;
    return megabytes / (limit ?? USUAL_LIMITS.fileLimit / MEGABYTE) * 100;
  };
  const quota = root?.number("project_quota_gb");
  const given: Partial<SizeLimits> = {
    fileLimit: limit === undefined ? undefined : limit * MEGABYTE,
    fileWarnPercent: percent("per_file_warn_mb"),
    fileCriticalPercent: percent("per_file_critical_mb"),
    quota: quota === undefined ? undefined : quota * GIGABYTE,
    quotaWarnPercent: root?.number("warn_quota_percent"),
    quotaCriticalPercent: root?.number("critical_quota_percent"),
    quotaFailPercent: root?.number("fail_quota_percent"),
  };
  return { value: { ...USUAL_LIMITS, ...definedOf(given), ...definedOf(limits) }, findings };
}

function definedOf(limits: Partial<SizeLimits>): Partial<SizeLimits> {
  return Object.fromEntries(Object.entries(limits).filter(([, value]) => value !== undefined));
}
