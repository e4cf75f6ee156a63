import type { OptionDefinitions } from "../../types.ts";

/** Options of `templates schema print`. */
export const schemaOptions = {} as const satisfies OptionDefinitions;
