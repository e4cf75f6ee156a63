/**
 * Which files each package ships, and what the index looks like inside of packages.
 *
 * @example
 * ```ts
 * import { openRepository, readIndexes, workingFiles } from "../repository/mod.ts";
 * import { planContents } from "./mod.ts";
 *
 * const repository = await openRepository(workingFiles("/repository"));
 * const { value } = await readIndexes(repository.files, repository.config);
 * const contents = await planContents(repository, value);
 * console.log(contents.get("media_api")?.map(({ target }) => target));
 * ```
 *
 * @module
 */
export { type ContentFacts, planContents } from "./plan_contents.ts";
export { excludedIds, packagedIndexText } from "./packaged_index.ts";
export type { PackageContents, PackageFile } from "./types.ts";
