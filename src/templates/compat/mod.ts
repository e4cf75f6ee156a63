/**
 * What users of an earlier release would miss in the next one.
 *
 * @example
 * ```ts
 * import { createGit, createRunner } from "../../tools/mod.ts";
 * import { revisionFiles, workingFiles } from "../repository/mod.ts";
 * import { compareReleases } from "./mod.ts";
 *
 * const git = createGit(createRunner({ env: Deno.env.toObject() }));
 * const before = await revisionFiles(git, "/repository", "v0.5.0");
 * const { findings } = await compareReleases(before, workingFiles("/repository"));
 * for (const { code, message } of findings) console.log(code, message);
 * ```
 *
 * @module
 */
export { compareReleases, type CompatReport } from "./compare.ts";
