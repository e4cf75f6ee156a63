import type { OptionDefinitions } from "../../types.ts";
import { rootOption } from "../options.ts";

/** Options of `templates packages list`. */
export const listOptions = { ...rootOption } as const satisfies OptionDefinitions;
