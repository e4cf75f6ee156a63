/**
 * Looks node packs up: in the node index of a workspace, the registry and repositories.
 *
 * @example
 * ```ts
 * import { withNodeResolver } from "./mod.ts";
 * import type { OpenedEnvironment } from "../environment/mod.ts";
 * import type { Session } from "../mod.ts";
 *
 * async function newestOf(session: Session, place: OpenedEnvironment, id: string): Promise<string | undefined> {
 *   return await withNodeResolver(session, place, async ({ versionsOf }) => (await versionsOf(id))[0]?.version);
 * }
 * ```
 *
 * @module
 */
export { findPackage } from "./find_package.ts";
export {
  checkPackage,
  openPackages,
  type Packages,
  type PackagesOptions,
  withPackages,
} from "./packages.ts";
export { type NodeResolver, type ResolverOptions, withNodeResolver } from "./resolver.ts";
