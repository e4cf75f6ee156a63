import {
  type ContentFacts,
  excludedIds,
  packagedIndexText,
  type PackageFile,
  planContents,
} from "../contents/mod.ts";
import { sha256Of } from "../../base/mod.ts";
import type { Digests } from "../digests/mod.ts";
import type { TemplatePackage, TemplateRepository } from "../types.ts";
import { planBlueprints } from "./plan_blueprints.ts";
import { planManifest } from "./plan_manifest.ts";
import type { CopyStep, SyncPlan } from "./types.ts";

/** What a sync that was killed leaves of the copy that it was making, as `temporaryBeside` names it. */
const HALF_MADE = /\/\.[^/]+\.\d+-[0-9a-f]{8}\.tmp$/;

/**
 * Decides what brings the manifest and the copies in packages in step with templates, bundles, index and policy.
 *
 * @param facts As {@linkcode planContents} takes them.
 * @param generated Copies that earlier runs made, see {@linkcode readGenerated}; only these may be removed.
 * @throws `FILE_UNREADABLE`
 */
export async function planSync(
  repository: TemplateRepository,
  facts: ContentFacts,
  digests: Digests,
  generated: ReadonlySet<string> = new Set(),
): Promise<SyncPlan> {
  const contents = await planContents(repository, facts);
  const manifest = [
    ...await planManifest(repository, facts, digests),
    ...await planBlueprints(repository, digests),
  ];
  const copies: CopyStep[] = [];
  const unplanned: string[] = [];
  const targets: string[] = [];
  const planCopies = copyPlanner(repository, facts, digests);
  for (const one of repository.packages) {
    const planned = await planCopies(one, contents.get(one.id) ?? []);
    targets.push(...planned.targets);
    copies.push(...planned.copies);
    unplanned.push(...planned.unplanned);
  }
  const isOurs = (path: string) => generated.has(path) || HALF_MADE.test(path);
  return {
    manifest,
    copies,
    removed: unplanned.filter(isOurs),
    foreign: unplanned.filter((path) => !isOurs(path)),
    targets,
  };
}

/** The copies of one package. */
export interface PackageCopies {
  /** Where they stand. */
  readonly targets: readonly string[];
  /** Those that are missing, or not what they were made from. */
  readonly copies: readonly CopyStep[];
  /** Files among them that the package does not ship. */
  readonly unplanned: readonly string[];
}

/** Gives what compares the copies of a package with what they are made from. */
export function copyPlanner(
  repository: TemplateRepository,
  facts: ContentFacts,
  digests: Digests,
): (one: TemplatePackage, files: readonly PackageFile[]) => Promise<PackageCopies> {
  const indexText = packagedIndexes(facts);
  return async (one, files) => {
    const shipped = files.filter(({ kind }) => kind !== "own");
    const copies: CopyStep[] = [];
    for (const file of shipped) {
      const step = await copyStep(one.id, file, digests, indexText);
      if (step) copies.push(step);
    }
    return {
      targets: shipped.map(({ target }) => target),
      copies,
      unplanned: await unplannedCopies(repository, one, shipped),
    };
  };
}

function packagedIndexes(
  { index, locales }: ContentFacts,
): (source: string) => Uint8Array<ArrayBuffer> {
  const excluded = excludedIds(index ?? { templates: [] });
  return (source) => {
    const found = [...index ? [index] : [], ...locales]
      .find(({ document }) => document.path === source);
    return new TextEncoder().encode(found ? packagedIndexText(found, excluded) : "");
  };
}

async function copyStep(
  id: string,
  { kind, source, target }: PackageFile,
  digests: Digests,
  indexText: (source: string) => Uint8Array<ArrayBuffer>,
): Promise<CopyStep | undefined> {
  const content = kind === "index" ? indexText(source) : undefined;
  const wanted = content ? await sha256Of(content) : await digests.sha256(source);
  const present = await digests.facts(target);
  if (present?.sha256 === wanted) return undefined;
  const fault = present ? "outdated" : "missing";
  return { package: id, target, source, fault, ...(content && { content }) };
}

async function unplannedCopies(
  { files }: TemplateRepository,
  { moduleDirectory, kind }: TemplatePackage,
  shipped: readonly PackageFile[],
): Promise<readonly string[]> {
  if (kind !== "json" && kind !== "media" && kind !== "blueprints") return [];
  const directory = `${moduleDirectory}/${kind === "blueprints" ? "blueprints" : "templates"}`;
  const known = new Set(shipped.map(({ target }) => target));
  return (await files.list(directory)).filter((path) => !known.has(path));
}
