import { type JsonRecord, sortTexts } from "../../base/mod.ts";
import { compileNamePattern } from "../name_pattern.ts";
import { nameFault } from "../node_key.ts";
import { canonicalUrl } from "./canonical_url.ts";
import type { OddCounter } from "./odd_counter.ts";
import type { ManagerExtension } from "./types.ts";

/** The three files, parsed from JSON and unchecked. */
export interface ManagerFiles {
  readonly list: readonly unknown[];
  readonly map: JsonRecord;
  readonly statistics: JsonRecord;
}

const INSTALL_TYPES = ["git-clone", "copy", "unzip", "pip", "cnr"];
const MAX_TEXT = 20_000;

type Mutable<Shape> = { -readonly [Field in keyof Shape]: Shape[Field] };

/** What is known of a repository while its records are being put together. */
interface Draft extends Mutable<Omit<ManagerExtension, "classNames" | "files">> {
  readonly names: Set<string>;
  readonly sources: Set<string>;
  /** Other URLs that it goes by, in canonical form. */
  readonly aliases: Set<string>;
  mapped: boolean;
  listed: boolean;
}

/** Joins the records of the three files by repository. */
export function collectExtensions(
  { list, map, statistics }: ManagerFiles,
  odd: OddCounter,
): { readonly extensions: readonly ManagerExtension[]; readonly newest?: string } {
  const drafts = new Map<string, Draft>();
  for (const [url, entry] of Object.entries(map)) addMapped(drafts, url, entry, odd);
  for (const entry of list) addListed(drafts, entry, odd);
  const newest = addStatistics(drafts, statistics, odd);
  const extensions = sortTexts([...drafts.keys()]).map((canonical) => {
    const draft = drafts.get(canonical)!;
    if (!draft.mapped) odd.add("not_mapped");
    if (!draft.listed) odd.add("not_listed");
    return finished(draft, odd);
  });
  return { extensions, newest };
}

function addListed(drafts: Map<string, Draft>, value: unknown, odd: OddCounter): void {
  const entry = record(value);
  const files = texts(entry?.files);
  const repository = text(entry?.reference) ?? files[0];
  if (!entry || !repository || !canonicalUrl(repository)) return odd.add("unreadable");
  if (files.length === 0) odd.add("without_files");
  const installType = text(entry.install_type);
  const known = installType?.toLowerCase();
  if (installType !== known) odd.add("install_type_case");
  if (known && !INSTALL_TYPES.includes(known)) odd.add("install_type_unknown");
  const urls = [...files, repository, ...texts(entry.reference2)];
  const mapped = urls.find((url) => drafts.get(canonicalUrl(url))?.mapped);
  const draft = draftFor(drafts, mapped ?? repository, odd);
  if (draft.listed) odd.add("listed_again");
  draft.listed = true;
  // The reference is nicer to read than the address of a raw file, and its spelling is its owner's.
  if (canonicalUrl(repository) === draft.canonical) draft.repository = repository;
  for (const url of urls) draft.aliases.add(canonicalUrl(url));
  for (const file of files) draft.sources.add(file);
  draft.title = text(entry.title) ?? draft.title;
  draft.author = text(entry.author) ?? draft.author;
  draft.description = text(entry.description) ?? draft.description;
  draft.category ??= text(entry.category);
  draft.installType ??= known;
  draft.tags = [...new Set([...draft.tags, ...texts(entry.tags)])];
  addClaims(draft, entry);
}

function addMapped(
  drafts: Map<string, Draft>,
  url: string,
  value: unknown,
  odd: OddCounter,
): void {
  const names: unknown = Array.isArray(value) ? value[0] : undefined;
  const facts = record(Array.isArray(value) ? value[1] : undefined) ?? {};
  if (!Array.isArray(names) || !canonicalUrl(url)) return odd.add("unreadable");
  const draft = draftFor(drafts, url, odd);
  draft.mapped = true;
  draft.title ??= text(facts.title_aux) ?? text(facts.title);
  draft.author ??= text(facts.author);
  draft.description ??= text(facts.description);
  addClaims(draft, facts);
  draft.sources.add(url);
  if (names.length === 0) odd.add("no_class_names");
  for (const name of names) addName(draft, name, odd);
}

function addName(draft: Draft, name: unknown, odd: OddCounter): void {
  if (typeof name !== "string" || nameFault(name) !== undefined) odd.add("bad_class_name");
  else if (name === "custom_nodes") odd.add("junk_class_name");
  else if (draft.names.has(name)) odd.add("class_name_again");
  else draft.names.add(name);
}

function addClaims(draft: Draft, facts: JsonRecord): void {
  draft.nodenamePattern ??= text(facts.nodename_pattern);
  draft.preemptions = [...new Set([...draft.preemptions, ...texts(facts.preemptions)])];
}

function addStatistics(
  drafts: ReadonlyMap<string, Draft>,
  statistics: JsonRecord,
  odd: OddCounter,
): string | undefined {
  const aliases = new Map<string, Draft>();
  for (const draft of drafts.values()) {
    for (const alias of draft.aliases) if (!aliases.has(alias)) aliases.set(alias, draft);
  }
  let newest: string | undefined;
  for (const [url, value] of Object.entries(statistics)) {
    const facts = record(value);
    const date = timeOf(facts?.last_update);
    if (!facts) odd.add("unreadable");
    if (!hasUsualScheme(url)) odd.add("misspelt_scheme");
    if (date && !(newest && newest >= date)) newest = date;
    const canonical = canonicalUrl(url);
    const draft = drafts.get(canonical) ?? aliases.get(canonical);
    if (!draft) continue;
    // A repository may stand here twice, once misspelt; the newer record counts.
    if (draft.lastUpdate && date && draft.lastUpdate > date) continue;
    draft.lastUpdate = date ?? draft.lastUpdate;
    const stars = facts?.stars;
    if (typeof stars === "number" && Number.isFinite(stars)) draft.stars = Math.max(0, stars);
  }
  return newest;
}

function draftFor(drafts: Map<string, Draft>, url: string, odd: OddCounter): Draft {
  if (!hasUsualScheme(url)) odd.add("misspelt_scheme");
  const canonical = canonicalUrl(url);
  let draft = drafts.get(canonical);
  if (!draft) {
    draft = {
      canonical,
      repository: url,
      names: new Set(),
      sources: new Set(),
      aliases: new Set(),
      preemptions: [],
      tags: [],
      mapped: false,
      listed: false,
    };
    drafts.set(canonical, draft);
  }
  return draft;
}

function finished(draft: Draft, odd: OddCounter): ManagerExtension {
  const { names, sources, aliases: _, mapped: __, listed: ___, ...facts } = draft;
  const pattern = facts.nodenamePattern;
  if (pattern && !compileNamePattern(pattern)) odd.add("unsafe_pattern");
  const elsewhere = [...sources].filter((url) => plainUrl(url) !== draft.canonical);
  return { ...facts, classNames: sortTexts([...names]), files: sortTexts(elsewhere) };
}

/** A URL that is equal to the canonical form exactly when it names the repository and no file in it. */
function plainUrl(url: string): string {
  const canonical = canonicalUrl(url);
  return /^https?:\/\/(raw|gist)\./i.test(url) ? `file of ${canonical}` : canonical;
}

function hasUsualScheme(url: string): boolean {
  return /^https?:\/\//i.test(url);
}

/** Manager's times have no zone and mean UTC: `2026-04-20 16:46:34`. */
function timeOf(value: unknown): string | undefined {
  const found = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)/.exec(text(value) ?? "");
  if (!found || Number.isNaN(Date.parse(`${found[1]}T${found[2]}Z`))) return undefined;
  return `${found[1]}T${found[2]}Z`;
}

function record(value: unknown): JsonRecord | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? value as JsonRecord
    : undefined;
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value.trim() !== "" ? value.slice(0, MAX_TEXT) : undefined;
}

function texts(value: unknown): readonly string[] {
  const list = Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];
  return list.flatMap((one) => text(one) ?? []);
}
