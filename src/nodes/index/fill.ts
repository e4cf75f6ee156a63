import type { DatabaseSync } from "node:sqlite";
import { compareVersions } from "../../base/mod.ts";
import {
  canonicalUrl,
  CORE_REPOSITORIES,
  isLive,
  type MappedPackage,
  type NodeMappings,
  orderPackages,
  packageScore,
} from "../../mappings/mod.ts";
import { fold, wordsOf } from "../../mappings/words/mod.ts";
import type { ClassGroups } from "./class_groups.ts";
import { groupClasses } from "./group_classes.ts";
import { type IndexFacts, writeFacts } from "./facts.ts";
import { namesOf, plainName } from "./names.ts";
import { Vocabulary } from "./vocabulary.ts";

/** What cannot be installed, because it was withdrawn or is ComfyUI itself, is found when nothing else fits as well. */
const NOT_OFFERED = 0.2;
const EMPTIED = ["facts", "packages", "records", "names", "classes", "claims", "vocabulary"];

/**
 * Fills the tables from mappings, in place of what they held, inside of a transaction that the caller began.
 *
 * @param about What is known of the data besides what it says itself.
 */
export function fillIndex(
  database: DatabaseSync,
  mappings: NodeMappings,
  about: Omit<IndexFacts, "generatedAt" | "packages">,
): void {
  for (const table of EMPTIED) database.exec(`DELETE FROM ${table}`);
  database.exec("INSERT INTO texts (texts) VALUES ('delete-all')");
  const { byType, byPackage } = groupClasses(mappings);
  const now = Date.parse(mappings.generated_at);
  const vocabulary = new Vocabulary();
  const packages = packageWriter(database, vocabulary);
  for (const [id, place] of orderPackages(mappings.packages, now)) {
    const found = mappings.packages[id]!;
    packages(place, id, found, byPackage.get(id) ?? [], packageScore(found, now));
  }
  const insert = database.prepare("INSERT INTO classes VALUES (?, ?, ?)");
  for (const [type, entries] of byType) insert.run(type, fold(type), JSON.stringify(entries));
  const put = database.prepare("INSERT INTO vocabulary VALUES (?, ?)");
  for (const [letters, words] of Map.groupBy(vocabulary.worthy(), ([word]) => word.length)) {
    put.run(letters, words.map(([word, uses]) => `${word} ${uses}`).join("\n"));
  }
  writeFacts(database, {
    ...about,
    generatedAt: mappings.generated_at,
    packages: Object.keys(mappings.packages).length,
  });
}

function packageWriter(database: DatabaseSync, vocabulary: Vocabulary) {
  const insert = {
    package: database.prepare("INSERT INTO packages VALUES (?, ?, ?, ?, ?)"),
    claim: database.prepare("INSERT INTO claims VALUES (?)"),
    record: database.prepare("INSERT INTO records VALUES (?, ?, ?)"),
    name: database.prepare("INSERT OR IGNORE INTO names VALUES (?, ?)"),
    texts: database.prepare(
      "INSERT INTO texts (rowid, name, author, tags, classes, description) VALUES (?, ?, ?, ?, ?, ?)",
    ),
  };
  return (
    place: number,
    id: string,
    found: MappedPackage,
    classes: ClassGroups,
    score: number,
  ): void => {
    const canonical = canonicalUrl(found.repository ?? "");
    const version = newestLive(found);
    const weight = (1 + Math.log10(1 + score)) * (isOffered(found, version) ? 1 : NOT_OFFERED);
    insert.package.run(place, id, canonical, version ?? null, weight);
    insert.record.run(place, JSON.stringify(found), JSON.stringify(classes));
    if (found.preemptions || found.nodename_pattern) insert.claim.run(id);
    for (const name of namesOf(id, found)) insert.name.run(plainName(name), place);
    const classNames = new Set(classes.flatMap(({ names }) => names));
    insert.texts.run(
      place,
      vocabulary.take(wordsOf(namesOf(id, found).join(" ")), "name"),
      found.author ?? "",
      (found.tags ?? []).join(" "),
      vocabulary.take(wordsOf([...classNames].join(" ")), "class"),
      found.description ?? "",
    );
  };
}

function newestLive({ versions }: MappedPackage): string | undefined {
  return Object.keys(versions).filter((version) => isLive(versions[version]!))
    .sort(compareVersions)[0];
}

function isOffered(found: MappedPackage, version: string | undefined): boolean {
  if (CORE_REPOSITORIES.includes(canonicalUrl(found.repository ?? ""))) return false;
  if (found.missing_since || /(?:banned|deleted|flagged)$/i.test(found.status ?? "")) return false;
  return version !== undefined || Object.keys(found.versions).length === 0;
}
