/**
 * JSON Schemas of the files of a template repository.
 *
 * @example
 * ```ts
 * import { readTemplateSchema, SCHEMA_KINDS } from "./mod.ts";
 *
 * for (const { kind } of SCHEMA_KINDS) console.log(await readTemplateSchema(kind));
 * ```
 *
 * @module
 */
export { SCHEMA_KINDS, type SchemaKind } from "./schema_kinds.ts";
export { readTemplateSchema } from "./read_schema.ts";
export { compileSchema, type SchemaCheck, type SchemaFault, shippedCheck } from "./validate.ts";
