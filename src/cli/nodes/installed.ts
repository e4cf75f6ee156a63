import {
  ComfydockError,
  isKind,
  type JsonRecord,
  parseToml,
  readRecord,
  readTextBounded,
} from "../../base/mod.ts";
import { findEnvironment, type Workspace, workspaceErrors } from "../../workspace/reading/mod.ts";
import type { CommandContext } from "../types.ts";

/** A node pack that the manifest of an environment names. */
export interface InstalledPack {
  readonly id: string;
  readonly registryId?: string;
  readonly version?: string;
  readonly repository?: string;
}

/** The packs of an environment. */
export interface InstalledPacks {
  readonly environment: string;
  readonly packs: readonly InstalledPack[];
}

const MAX_BYTES = 4 * 1024 * 1024;

/**
 * The packs that the environment of a command has; nothing when none was named and none is active.
 *
 * Only the table of nodes is read: the reader of whole manifests takes longer to load than a search may take.
 * A manifest that cannot be read is warned of.
 *
 * @throws `ENVIRONMENT_NOT_FOUND`, `ENVIRONMENT_NAME_INVALID`
 */
export async function readInstalled(
  { options, warn }: CommandContext,
  workspace: Workspace | undefined,
): Promise<InstalledPacks | undefined> {
  if (!workspace || (options.env ?? workspace.facts.activeEnvironment) === undefined) {
    return undefined;
  }
  try {
    const { name, manifest } = await findEnvironment(workspace, options.env);
    const tables = parseToml(await readTextBounded(manifest, MAX_BYTES), manifest);
    const nodes = Object.entries(tableAt(tables, ["tool", "comfydock", "nodes"]));
    return { environment: name, packs: nodes.map(([id, value]) => toPack(id, value)) };
  } catch (error) {
    const named = options.env !== undefined && isKind(error, workspaceErrors.ENVIRONMENT_NOT_FOUND);
    if (!(error instanceof ComfydockError) || named) throw error;
    warn("INSTALLED_UNKNOWN", `${error.message}; what is installed is not shown`);
    return undefined;
  }
}

function tableAt(tables: JsonRecord, path: readonly string[]): JsonRecord {
  return path.reduce<JsonRecord>((table, key) => readRecord(table[key] ?? {}, `$.${key}`), tables);
}

function toPack(id: string, value: unknown): InstalledPack {
  const record = readRecord(value, `$.tool.comfydock.nodes.${id}`);
  const text = (key: string) => typeof record[key] === "string" ? record[key] : undefined;
  return {
    id,
    registryId: text("registry_id"),
    version: text("version"),
    repository: text("repository"),
  };
}

/**
 * The installed packs by the ids that the index has for them.
 *
 * @param idOf Tells the id of the package that a repository belongs to.
 */
export function installedIds(
  { packs }: InstalledPacks,
  idOf: (repository: string) => string | undefined,
): ReadonlyMap<string, InstalledPack> {
  return new Map(packs.flatMap((pack) => {
    const ofRepository = pack.repository === undefined ? undefined : idOf(pack.repository);
    const ids = [pack.id, pack.registryId, ofRepository].filter((id) => id !== undefined);
    return ids.map((id) => [id, pack] as const);
  }));
}
