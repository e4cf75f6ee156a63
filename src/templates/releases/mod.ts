/**
 * Versions of single templates: what their content is, how often it changed, and which releases have it.
 *
 * @example
 * ```ts
 * import { createGit, createRunner } from "../../tools/mod.ts";
 * import { openDigests } from "../digests/mod.ts";
 * import { openRepository, workingFiles } from "../repository/mod.ts";
 * import { readTemplateVersions } from "./mod.ts";
 *
 * const root = "/repository";
 * const git = createGit(createRunner({ env: Deno.env.toObject() }));
 * const repository = await openRepository(workingFiles(root));
 * console.log(await readTemplateVersions(git, root, repository, await openDigests(root)));
 * ```
 *
 * @module
 */
export { readTemplateVersions, type TemplateVersion } from "./template_versions.ts";
