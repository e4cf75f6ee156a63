/**
 * Pages for people in a template repository: what they name has to be there.
 *
 * @example
 * ```ts
 * import { openRepository, workingFiles } from "../repository/mod.ts";
 * import { checkDocuments } from "./mod.ts";
 *
 * console.log(await checkDocuments(await openRepository(workingFiles("/repository"))));
 * ```
 *
 * @module
 */
export { checkDocuments } from "./check_documents.ts";
