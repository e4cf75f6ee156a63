import { type Finding, sortFindings } from "../findings/mod.ts";
import { checkBlueprints } from "./blueprints.ts";
import { checkBundles } from "./bundles.ts";
import { checkDuplicates } from "./duplicates.ts";
import { checkIndex } from "./index_entries.ts";
import { checkInputs } from "./inputs.ts";
import { checkLoad } from "./load.ts";
import { checkLocales } from "./locales.ts";
import { checkLogos, checkPolicy } from "./logos.ts";
import { checkManifest } from "./manifest.ts";
import { checkMarkers } from "./markers.ts";
import { checkMedia } from "./media.ts";
import { checkThumbnails } from "./thumbnails.ts";
import type { Check, CheckArea, CheckFacts } from "./types.ts";
import { checkIndexLinks, checkWorkflows } from "./workflows.ts";

/** The checks of each area; `load` is asked for by name only, as the copies in packages are not kept under git. */
const AREAS: Readonly<Record<CheckArea, readonly Check[]>> = {
  sync: [checkBundles],
  index: [checkIndex, checkLogos, checkMarkers],
  assets: [checkThumbnails, checkMedia, checkInputs],
  duplicates: [checkDuplicates],
  workflows: [checkWorkflows],
  locales: [checkLocales],
  manifest: [checkManifest, checkBlueprints],
  links: [checkWorkflows, checkIndexLinks],
  policy: [checkPolicy],
  load: [checkLoad],
};

/** Areas in which a file that cannot be read would make everything else look wrong. */
const RESTING_ON = {
  bundles: new Set<CheckArea>(["sync", "manifest", "policy", "load"]),
  index: new Set<CheckArea>(["manifest", "load"]),
};

/** The names of the areas. */
export const CHECK_AREAS: readonly CheckArea[] = Object.keys(AREAS) as CheckArea[];

/**
 * Checks a repository.
 *
 * @param area Only this area, and what keeps files from being read; default all but `load`.
 * @returns Errors first, then by file and line.
 */
export function checkTemplates(facts: CheckFacts, area?: CheckArea): readonly Finding[] {
  const { bundles, index } = facts.repository.config;
  const unread = new Set(
    facts.findings.filter(({ code }) => code === "E_JSON_SYNTAX").map(({ file }) => file),
  );
  const areas = (area === undefined ? CHECK_AREAS.filter((name) => name !== "load") : [area])
    .filter((name) => !(unread.has(bundles) && RESTING_ON.bundles.has(name)))
    .filter((name) => !(unread.has(index) && RESTING_ON.index.has(name)));
  const checks = new Set(areas.flatMap((name) => AREAS[name]));
  const found = [...checks].flatMap((check) => check(facts)).filter(({ file, area: of }) =>
    !unread.has(file) && (area === undefined || of === area)
  );
  const read = facts.findings.filter((one) =>
    area === undefined || one.area === area || one.area === "repository" && one.severity === "error"
  );
  return sortFindings([...read, ...found]);
}
