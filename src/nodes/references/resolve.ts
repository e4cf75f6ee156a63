import type { PackageFacts } from "../packages/mod.ts";
import type { NodeReference } from "../types.ts";
import { parseNodeReference } from "./parse.ts";
import { refuse } from "./refuse.ts";
import { type GitReference, isWithoutVersion, resolveGitReference } from "./resolve_git.ts";
import { resolvePath } from "./resolve_path.ts";
import { findVersion, requirePackage, resolveVersion } from "./resolve_registry.ts";
import type {
  ReferenceChoices,
  ReferenceNotice,
  ReferenceWorld,
  ResolvedReference,
} from "./types.ts";

/**
 * Finds out what exactly a reference means.
 *
 * The address of a repository that the index knows becomes the registry's package, unless git is wanted or its branch
 * or commit is named; what only ComfyUI-Manager lists comes from its repository. Each such choice is told in `notices`.
 *
 * @throws `NODE_PACK_NOT_FOUND`, `NODE_VERSION_NOT_FOUND`, `NODE_REF_NOT_FOUND`, `NODE_NOT_STORED`,
 * `NODE_REFERENCE_INVALID`, `FILE_NOT_FOUND`, those of the registry's client and of git
 */
export async function resolveReference(
  world: ReferenceWorld,
  reference: NodeReference,
  choices: ReferenceChoices = {},
): Promise<ResolvedReference> {
  switch (reference.kind) {
    case "path":
      return await resolvePath(world, reference.path, choices);
    case "git":
      return await resolveAddress(world, reference, choices);
    case "registry":
      return await resolveId(world, reference.id, reference.version, choices);
  }
}

async function resolveId(
  world: ReferenceWorld,
  id: string,
  version: string | undefined,
  { git }: ReferenceChoices,
): Promise<ResolvedReference> {
  const facts = await requirePackage(world, id);
  if (facts.source === "core") {
    throw refuse(id, "it is a part of ComfyUI itself", {
      hint: "Nothing has to be added; comfydock update brings a newer ComfyUI",
    });
  }
  const nightly = version === "nightly";
  if (!git && !nightly && facts.source === "registry") {
    return resolveVersion(world, facts, version);
  }
  const ref = nightly || version === "latest" ? undefined : version;
  const notices: ReferenceNotice[] = facts.source === "manager"
    ? [{
      code: "NODE_FROM_GIT",
      message:
        `${facts.id} is not in the registry; it is taken from its repository ${facts.repository}`,
    }]
    : [];
  const repository = repositoryOf(facts);
  const target = await resolveGitReference(world, { ...repository, ref: ref ?? repository.ref }, {
    name: facts.name,
    registryId: facts.source === "registry" ? facts.id : undefined,
  });
  return { target: facts.source === "manager" ? { ...target, id: facts.id } : target, notices };
}

function repositoryOf({ id, repository }: PackageFacts): GitReference {
  // What the registry publishes was written by the pack's author.
  const reference = repository ? parseNodeReference(repository, { git: true }) : undefined;
  if (reference?.kind === "git") return reference;
  throw refuse(id, "the registry names no repository of it", {
    hint: `Run comfydock node add ${id} to take the registry's archive`,
  });
}

async function resolveAddress(
  world: ReferenceWorld,
  reference: GitReference,
  { git }: ReferenceChoices,
): Promise<ResolvedReference> {
  const { url, ref, subdirectory } = reference;
  const known = world.index.packageOfRepository(url);
  const inRegistry = known !== undefined && known.package.source !== "manager";
  const named = {
    name: known?.package.display_name,
    registryId: inRegistry ? known.id : undefined,
  };
  const fromGit = async (notices: readonly ReferenceNotice[] = []) => ({
    target: await resolveGitReference(world, reference, subdirectory === undefined ? named : {}),
    notices,
  });
  if (!inRegistry || git || subdirectory !== undefined) return await fromGit();
  const facts = await world.packages.read(known.id);
  if (!facts || facts.source !== "registry") return await fromGit();
  if (ref !== undefined && ref !== "latest" && !findVersion(facts, ref)) {
    return await fromGit([{
      code: "NODE_FROM_GIT",
      message: `${url} is the registry's ${known.id}; "${ref}" is no version of it, so git is used`,
    }]);
  }
  try {
    const { target, notices } = resolveVersion(world, facts, ref);
    const version = target.source === "registry" ? target.version : "";
    return {
      target,
      notices: [{
        code: "NODE_FROM_REGISTRY",
        message:
          `${url} is the registry's ${known.id}: version ${version} of it is taken; --git takes the repository itself`,
      }, ...notices],
    };
  } catch (error) {
    if (ref !== undefined || !isWithoutVersion(error)) throw error;
    const why = error instanceof Error ? error.message : "";
    return await fromGit([{
      code: "NODE_FROM_GIT",
      message: `${url} is the registry's ${known.id}; git is used: ${why}`,
    }]);
  }
}
