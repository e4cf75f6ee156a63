import type { TemplatePackage, TemplateRepository } from "../types.ts";
import type { PackageFile } from "./types.ts";

/** What building leaves behind. */
const LEFT_BEHIND = /(?:^|\/)(?:dist|build|[^/]+\.egg-info|\.[^/]+_cache)\//;

/** Files beside the sources that go into a distribution. */
const BESIDE =
  /^(?:pyproject\.toml|setup\.(?:py|cfg)|MANIFEST\.in|README[^/]*|LICEN[CS]E[^/]*|NOTICE[^/]*)$/i;

/** The files that a package has of its own: its sources without the copies, its pyproject, its licence. */
export async function ownFiles(
  { files }: TemplateRepository,
  { directory, moduleDirectory, kind, pyproject }: TemplatePackage,
): Promise<PackageFile[]> {
  const copies = [
    ...kind === "json" || kind === "media" ? [`${moduleDirectory}/templates/`] : [],
    ...kind === "blueprints" ? [`${moduleDirectory}/blueprints/`] : [],
  ];
  const beside = kind === "meta"
    ? [...await files.list("."), ...await files.list(moduleDirectory)]
    : await files.list(directory);
  const start = directory === "." ? "" : `${directory}/`;
  return beside.filter((path) => {
    const name = path.slice(start.length);
    if (copies.some((one) => path.startsWith(one)) || LEFT_BEHIND.test(name)) return false;
    return path === pyproject || path.startsWith(`${moduleDirectory}/`) || kind !== "meta" ||
      BESIDE.test(name);
  }).map((path) => ({ target: path, source: path, kind: "own" }));
}
