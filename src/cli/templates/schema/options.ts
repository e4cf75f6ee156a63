import type { OptionDefinitions } from "../../types.ts";
import { rootOption } from "../options.ts";

/** Options of `templates schema print`. */
export const schemaOptions = { ...rootOption } as const satisfies OptionDefinitions;
