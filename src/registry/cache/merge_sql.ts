/**
 * How the rows of an attached cache `part` come together with those of a cache: the same whichever of them is first.
 *
 * @module
 */

// Of two records the one met later counts; of two met at once any, but always the same one.
const PACKAGE_LATER = "(p.last_checked, p.record) > (packages.last_checked, packages.record)";
const VERSION_LATER = `(p.last_checked, p.has_url, p.record) >
  (versions.last_checked, versions.has_url, versions.record)`;

const earlier = (a: string, b: string) => `coalesce(min(${a}, ${b}), ${a}, ${b})`;
const later = (a: string, b: string) => `coalesce(max(${a}, ${b}), ${a}, ${b})`;

// Met at the same time, a record is missing when one machine has found it so; otherwise the later one knows.
const missing = (table: string, isLater: string) =>
  `CASE WHEN p.last_checked = ${table}.last_checked
    THEN ${earlier(`${table}.missing_since`, "p.missing_since")}
    WHEN ${isLater} THEN p.missing_since ELSE ${table}.missing_since END`;

/** Packages. */
export const PACKAGE_UNION: readonly string[] = [
  `UPDATE packages SET
     record = iif(${PACKAGE_LATER}, p.record, packages.record),
     downloads = iif(${PACKAGE_LATER}, p.downloads, packages.downloads),
     latest = iif(${PACKAGE_LATER}, p.latest, packages.latest),
     last_checked = max(packages.last_checked, p.last_checked),
     first_seen = min(packages.first_seen, p.first_seen),
     missing_since = ${missing("packages", PACKAGE_LATER)},
     versions_checked = ${later("packages.versions_checked", "p.versions_checked")},
     versions_due = CASE WHEN p.last_checked = packages.last_checked
       THEN min(packages.versions_due, p.versions_due)
       WHEN ${PACKAGE_LATER} THEN p.versions_due ELSE packages.versions_due END
   FROM part.packages AS p WHERE p.id = packages.id`,
  "INSERT OR IGNORE INTO packages SELECT * FROM part.packages",
];

// A download address that one of them knows is not lost to a later list that leaves it empty.
const URL = "iif(versions.has_url = 1, versions.record, p.record) ->> 'download_url'";
const RECORD = `iif(${VERSION_LATER}, p.record, versions.record)`;
const HAS_URL = `iif(${VERSION_LATER}, p.has_url, versions.has_url)`;
// The address stands behind version and id, where whoever writes a record puts it.
const HEAD = `iif(${RECORD} ->> 'id' IS NULL, json_object('version', ${RECORD} ->> 'version'),
  json_object('version', ${RECORD} ->> 'version', 'id', ${RECORD} ->> 'id'))`;
const WITH_URL = `json_patch(json_insert(${HEAD}, '$.download_url', ${URL}), ${RECORD})`;

const RANK = (column: string) =>
  `CASE ${column} WHEN 'read' THEN 3 WHEN 'inferred' THEN 2 WHEN 'absent' THEN 1 ELSE 0 END`;
// That there is nothing to read holds for as long as the registry says the same of the version.
const PART_STATE =
  `iif(p.nodes_state = 'absent' AND p.extract IS NOT ${`iif(${VERSION_LATER}, p.extract, versions.extract)`}, NULL, p.nodes_state)`;
const OWN_STATE =
  `iif(versions.nodes_state = 'absent' AND versions.extract IS NOT ${`iif(${VERSION_LATER}, p.extract, versions.extract)`}, NULL, versions.nodes_state)`;
const PART_KNOWS_MORE = `(${RANK(PART_STATE)}, coalesce(p.nodes_digest, '')) >
  (${RANK(OWN_STATE)}, coalesce(versions.nodes_digest, ''))`;

/** Node lists. */
export const NODES_UNION: readonly string[] = [
  "INSERT OR IGNORE INTO node_lists SELECT * FROM part.node_lists",
];

/** Versions; their node lists must have come before. */
export const VERSION_UNION: readonly string[] = [
  `UPDATE versions SET
     record = iif(${HAS_URL} = 0 AND max(versions.has_url, p.has_url) = 1, ${WITH_URL}, ${RECORD}),
     extract = iif(${VERSION_LATER}, p.extract, versions.extract),
     has_url = max(versions.has_url, p.has_url),
     url_checked = ${later("versions.url_checked", "p.url_checked")},
     first_seen = min(versions.first_seen, p.first_seen),
     last_checked = max(versions.last_checked, p.last_checked),
     missing_since = ${missing("versions", VERSION_LATER)},
     nodes_state = iif(${PART_KNOWS_MORE}, ${PART_STATE}, ${OWN_STATE}),
     nodes_digest = iif(${PART_KNOWS_MORE}, p.nodes_digest, versions.nodes_digest)
   FROM part.versions AS p WHERE p.package_id = versions.package_id AND p.version = versions.version`,
  "INSERT OR IGNORE INTO versions SELECT * FROM part.versions",
];
