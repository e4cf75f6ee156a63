import { ComfydockError } from "../../base/mod.ts";
import { nodeErrors } from "../errors.ts";
import {
  chooseVersion,
  misfitOf,
  type PackageFacts,
  type PackageVersion,
} from "../packages/mod.ts";
import { referenceErrors } from "./errors.ts";
import type { ReferenceNotice, ReferenceWorld, ResolvedReference } from "./types.ts";

const NAMED = 5;

/**
 * What is known of a package that was named by its id.
 *
 * @throws `NODE_PACK_NOT_FOUND` with the nearest names
 */
export async function requirePackage(world: ReferenceWorld, id: string): Promise<PackageFacts> {
  const facts = await world.packages.read(id);
  if (facts) return facts;
  const near = world.index.nearest(id);
  const more = world.offline
    ? "Run the same command once without --offline, which leaves out what is not known here yet"
    : `Run comfydock node find ${id} for more`;
  throw new ComfydockError(
    nodeErrors.NODE_PACK_NOT_FOUND,
    `Cannot find the node pack "${id}"`,
    {
      hint: near.length > 0
        ? `Did you mean ${near.join(", ")}? ${more}`
        : world.offline
        ? more
        : `Run comfydock node find ${id}, or name the address of its repository`,
      details: { id, nearest: near },
    },
  );
}

/**
 * Chooses a version of a registry package: the one asked for, or the newest live one that fits.
 *
 * @throws `NODE_VERSION_NOT_FOUND` with the newest versions there are
 */
export function resolveVersion(
  { platform }: Pick<ReferenceWorld, "platform">,
  facts: PackageFacts,
  wanted: string | undefined,
): ResolvedReference {
  const notices: ReferenceNotice[] = [];
  const tell = (code: string, message: string) => void notices.push({ code, message });
  if (wanted === undefined || wanted === "latest") {
    const chosen = chooseVersion(facts.versions, platform);
    if (!chosen) throw noneFits(facts, platform);
    const newest = facts.versions.find(({ live }) => live);
    if (newest && newest !== chosen) {
      tell(
        "NODE_VERSION_PASSED_OVER",
        `${facts.id} ${chosen.version} is taken: ${newest.version} is newer and ${
          misfitOf(newest, platform) ?? "waits for review"
        }`,
      );
    }
    return { target: targetOf(facts, chosen), notices };
  }
  const chosen = findVersion(facts, wanted);
  if (!chosen) throw notThere(facts, wanted);
  if (/banned$/i.test(chosen.status ?? "")) throw banned(facts, chosen);
  const misfit = misfitOf(chosen, platform);
  if (misfit !== undefined) {
    tell("NODE_VERSION_MISFIT", `${facts.id} ${chosen.version} ${misfit}`);
  }
  if (!chosen.live) {
    const state = chosen.deprecated ? "deprecated" : statusWord(chosen.status);
    tell("NODE_VERSION_WITHDRAWN", `${facts.id} ${chosen.version} is ${state} in the registry`);
  }
  return { target: targetOf(facts, chosen), notices };
}

/** The version that a text means, also with a `v` in front. */
export function findVersion(facts: PackageFacts, wanted: string): PackageVersion | undefined {
  const bare = wanted.replace(/^v(?=\d)/i, "");
  return facts.versions.find(({ version }) => version === wanted) ??
    facts.versions.find(({ version }) => version.replace(/^v(?=\d)/i, "") === bare);
}

function targetOf(facts: PackageFacts, chosen: PackageVersion): ResolvedReference["target"] {
  return {
    source: "registry",
    id: facts.id,
    name: facts.name,
    version: chosen.version,
    downloadUrl: chosen.downloadUrl ?? "",
    repository: facts.repository || undefined,
    listedRequirements: chosen.dependencies,
  };
}

function statusWord(status = "withdrawn"): string {
  return status.replace(/^NodeVersionStatus/, "").toLowerCase();
}

function notThere({ id, versions }: PackageFacts, wanted: string): ComfydockError {
  const newest = versions.slice(0, NAMED).map(({ version }) => version);
  return new ComfydockError(
    referenceErrors.NODE_VERSION_NOT_FOUND,
    `Cannot find version "${wanted}" of the node pack ${id}`,
    {
      hint: newest.length > 0
        ? `The newest versions are ${newest.join(", ")}; comfydock node info ${id} lists them all`
        : `The registry lists no version of it; run comfydock node add --git ${id}`,
      details: { id, version: wanted, newest },
    },
  );
}

function noneFits(
  { id, versions, repository }: PackageFacts,
  platform: ReferenceWorld["platform"],
): ComfydockError {
  const newest = versions.find(({ live }) => live);
  const why = newest
    ? `the newest, ${newest.version}, ${misfitOf(newest, platform)}`
    : versions[0]
    ? `its newest, ${versions[0].version}, is ${
      versions[0].deprecated ? "deprecated" : statusWord(versions[0].status)
    }`
    : "the registry lists none";
  const named = newest ?? versions[0];
  const isBanned = /banned$/i.test(named?.status ?? "");
  const byVersion = named && !isBanned
    ? `name the version, as in ${id}@${named.version}`
    : undefined;
  const byGit = repository ? `run comfydock node add --git ${id}` : undefined;
  const ways = [byVersion, byGit].filter((way) => way !== undefined).join(", or ");
  return new ComfydockError(
    referenceErrors.NODE_VERSION_NOT_FOUND,
    `Cannot choose a version of the node pack ${id}: ${why}`,
    {
      hint: ways === ""
        ? "Ask its author for a release"
        : `${ways[0]!.toUpperCase()}${ways.slice(1)}`,
      details: { id, newest: versions.slice(0, NAMED).map(({ version }) => version) },
    },
  );
}

function banned({ id, versions }: PackageFacts, { version }: PackageVersion): ComfydockError {
  const live = versions.filter((each) => each.live).slice(0, NAMED).map((each) => each.version);
  return new ComfydockError(
    referenceErrors.NODE_VERSION_NOT_FOUND,
    `Cannot take ${id} ${version}: the registry has banned it`,
    {
      hint: live.length > 0 ? `Take one of ${live.join(", ")}` : "Do not use this pack",
      details: { id, version, live },
    },
  );
}
