/** placeholder door, completed by its room */
export type * from "./types.ts";
