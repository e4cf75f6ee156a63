import { mapConcurrent } from "../../base/mod.ts";
import { type Digests, type FileFacts, READS_AT_ONCE } from "../digests/mod.ts";
import type { Finding, Reading } from "../findings/mod.ts";
import type { PictureHash } from "../pictures/mod.ts";
import {
  manifestPath,
  readBlueprintsManifest,
  readBundles,
  readIndexes,
  readJsonDocument,
  readLogos,
  readManifestFile,
  type RepositoryFiles,
} from "../repository/mod.ts";
import { wantedEntries } from "../sync/mod.ts";
import type { Bundles, TemplateIndex, TemplateManifest, TemplateRepository } from "../types.ts";
import { thumbnailNames } from "./duplicates.ts";
import { readSchemaFaults } from "./index_schema.ts";
import { packagedPath } from "./load.ts";
import { readWorkflows } from "./read_workflows.ts";
import type { CheckFacts } from "./types.ts";
import { readWhitelist } from "./whitelist.ts";

/** What checks read besides the working copy. */
export interface FactsOptions {
  /** Where the manifest is read from instead of the working copy, such as HEAD. */
  readonly manifestFrom?: RepositoryFiles;
  /** File names that were published. */
  readonly published?: ReadonlySet<string>;
  /** Whether the copies in packages are looked at. */
  readonly copies?: boolean;
  /** Whether thumbnails are decoded to see which look alike. */
  readonly pictures?: boolean;
  /** Files that changed since a revision, below the root. */
  readonly changed?: ReadonlySet<string>;
}

/**
 * Reads all that checks look at.
 *
 * @param repository The working copy.
 * @param digests Of the same working copy.
 */
export async function readCheckFacts(
  repository: TemplateRepository,
  digests: Digests,
  { manifestFrom, published, copies = false, pictures = false, changed }: FactsOptions = {},
): Promise<CheckFacts> {
  const { files: source, config } = repository;
  const { value: { index, locales }, findings } = await readIndexes(source, config);
  const found: Finding[] = [...repository.findings, ...findings];
  const take = <Value>(reading: Reading<Value>): Value => {
    found.push(...reading.findings);
    return reading.value;
  };
  const manifest = take(
    await readManifestFile(manifestFrom ? { ...repository, files: manifestFrom } : repository),
  );
  const logos = take(await readLogos(source, config));
  const whitelist = take(await readWhitelist(source, config));
  const all = [...index ? [index] : [], ...locales];
  const indexes = take(await readSchemaFaults(repository, all, digests));
  const files = await readFiles(repository, config.templatesDir, digests);
  const ids = new Set((index?.templates ?? []).map(({ name }) => name));
  const workflows = await readWorkflows({ repository, digests, whitelist, files, ids });
  const wanted = await wantedEntries(repository, { index, locales, manifest }, digests);
  const blueprintsManifest = take(await readBlueprintsManifest(repository));
  const blueprintNames = await namesBelow(repository, config.blueprintsDir);
  return {
    repository,
    index,
    locales,
    manifest,
    manifestPath: manifestPath(repository),
    wanted,
    logos,
    whitelist,
    blueprintsManifest,
    blueprintFiles: blueprintsManifest
      ? await readFiles(repository, config.blueprintsDir, digests)
      : new Map(),
    blueprints: take(await readBlueprints(repository)),
    blueprintIds: new Set(
      blueprintNames.filter((name) => name.endsWith(".json")).map((name) => name.slice(0, -5)),
    ),
    files,
    workflows,
    inputs: new Set(await namesBelow(repository, config.inputDir)),
    thumbnails: await namedPictures(index, digests),
    indexes,
    copies: copies && manifest ? await readCopies(repository, manifest, digests) : new Map(),
    pictures: pictures ? await readPictures({ repository, files, workflows }, digests) : undefined,
    changed: changed && namesIn(config.templatesDir, changed),
    published,
    findings: withoutRepeats(found, indexes),
  };
}

async function readBlueprints(
  { files, config }: TemplateRepository,
): Promise<Reading<Bundles | undefined>> {
  const { value: document, findings } = await readJsonDocument(files, config.blueprintBundles);
  if (!document) return { value: undefined, findings };
  const read = readBundles(document, () => "blueprints");
  return { value: read.value, findings: [...findings, ...read.findings] };
}

async function namesBelow(
  { files }: TemplateRepository,
  directory: string,
): Promise<readonly string[]> {
  return (await files.list(directory)).map((path) => path.slice(directory.length + 1));
}

async function readFiles(
  repository: TemplateRepository,
  directory: string,
  digests: Digests,
): Promise<ReadonlyMap<string, FileFacts>> {
  const files = new Map<string, FileFacts>();
  const read = async (name: string) => [name, await digests.facts(`${directory}/${name}`)] as const;
  const names = await namesBelow(repository, directory);
  for await (const [name, facts] of mapConcurrent(names, read, READS_AT_ONCE)) {
    if (facts) files.set(name, facts);
  }
  return files;
}

async function namedPictures(
  index: TemplateIndex | undefined,
  digests: Digests,
): Promise<ReadonlySet<string>> {
  const there = new Set<string>();
  for (const path of new Set((index?.templates ?? []).flatMap(({ thumbnail }) => thumbnail))) {
    if (isBelow(path) && await digests.facts(path)) there.add(path);
  }
  return there;
}

async function readCopies(
  repository: TemplateRepository,
  { templates }: TemplateManifest,
  digests: Digests,
): Promise<ReadonlyMap<string, FileFacts>> {
  const copies = new Map<string, FileFacts>();
  for (const entry of templates) {
    for (const asset of entry.assets) {
      const path = packagedPath(repository, entry, asset);
      if (path === undefined || !isBelow(path)) continue;
      const facts = await digests.facts(path);
      if (facts) copies.set(path, facts);
    }
  }
  return copies;
}

async function readPictures(
  facts: Pick<CheckFacts, "repository" | "files" | "workflows">,
  digests: Digests,
): Promise<ReadonlyMap<string, PictureHash>> {
  const { hashPictures } = await import("../pictures/mod.ts");
  const { files, config: { templatesDir } } = facts.repository;
  const paths = [...thumbnailNames(facts).keys()].map((name) => `${templatesDir}/${name}`);
  const hashes = await hashPictures(files, digests, paths);
  return new Map([...hashes].map(([path, hash]) => [path.slice(templatesDir.length + 1), hash]));
}

function namesIn(directory: string, paths: ReadonlySet<string>): ReadonlySet<string> {
  const start = `${directory}/`;
  return new Set(
    [...paths].flatMap((path) => path.startsWith(start) ? [path.slice(start.length)] : []),
  );
}

/** Whether a path that a file of the repository names stays inside; nothing else is looked at. */
function isBelow(path: string): boolean {
  return !path.split(/[/\\]/).includes("..") && !/^(?:[/\\]|[A-Za-z]:)/.test(path);
}

/** What the schema of index files says as well is told once. */
function withoutRepeats(
  findings: readonly Finding[],
  indexes: CheckFacts["indexes"],
): readonly Finding[] {
  const held = new Set(
    indexes.flatMap(({ index, faults }) => faults.length > 0 ? [index.document.path] : []),
  );
  return findings.filter(({ code, file }) => code !== "E_JSON_SHAPE" || !held.has(file));
}
