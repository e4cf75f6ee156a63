/** The order of versions, which the registry itself gives as text order; it lives with the base, for rooms that need nothing else. */
export { compareVersions } from "../base/mod.ts";
