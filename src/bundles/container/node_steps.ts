import { ComfydockError } from "../../base/mod.ts";
import type { Manifest, ManifestNode } from "../../pyproject/mod.ts";
import { packedDirectory } from "../places.ts";
import { containerErrors } from "./errors.ts";
import { shellLine } from "./shell.ts";
import type { ContainerStep, Mount } from "./types.ts";

/** How a container gets the files of a node pack. */
export type NodeWay = "archive" | "git" | "packed" | "nowhere";

const SHA1 = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/;
const SHA256 = /^[0-9a-f]{64}$/;
/** Each is a layer of its own, so that a changed pack leaves the others as they are. */
const OWN_LAYER = { DL3059: "each has a layer of its own" } as const;
/** The stage of archives. */
const ARCHIVES = "archives";
const GIT_CREDENTIALS = "/run/secrets/git_credentials";

/** The packs that a container has: those that are enabled. */
export function containerNodes({ nodes }: Pick<Manifest, "nodes">): readonly ManifestNode[] {
  return Object.values(nodes).filter(({ enabled }) => enabled)
    .sort((a, b) => a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

/** Decides how a pack's files get into a container. */
export function wayOf(node: ManifestNode, packed: ReadonlySet<string>): NodeWay {
  if (packed.has(node.id)) return "packed";
  const { source, downloadUrl = "", sha256 = "", repository = "", commit = "" } = node;
  if (source === "registry" && /^https?:\/\//i.test(downloadUrl) && SHA256.test(sha256)) {
    return "archive";
  }
  return source === "git" && repository !== "" && SHA1.test(commit) ? "git" : "nowhere";
}

/**
 * The steps that put the node packs into place.
 *
 * @param root Where in the image everything lies.
 * @throws `CONTAINER_INCOMPLETE` for a pack that can be had from nowhere but its registry or repository, without a pin
 */
export function nodeSteps(
  nodes: readonly ManifestNode[],
  packed: ReadonlySet<string>,
  root: string,
): readonly ContainerStep[] {
  const target = `${root}/ComfyUI/custom_nodes`;
  const copied = nodes.some((node) => wayOf(node, packed) === "packed");
  const unpacks = nodes.some((node) => wayOf(node, packed) === "archive");
  return [
    ...unpacks ? [{ kind: "copy", sources: ["unpack.py"], target: `${root}/` } as const] : [],
    ...copied
      ? [
        {
          kind: "copy",
          sources: ["nodes/"],
          target: `${target}/`,
          comment: "Node packs that are packed beside this file",
        } as const,
      ]
      : [],
    ...nodes.flatMap((node) => {
      const place = `${target}/${packedDirectory(node)}`;
      switch (wayOf(node, packed)) {
        case "archive":
          return [unpackArchive(node, place, root)];
        case "git":
          return [gitPack(node, place, root)];
        case "packed":
          return [];
        case "nowhere":
          refuseUnpinned(node);
          return [];
      }
    }),
  ];
}

/** The steps of a stage that fetches archives; nothing of it but what is unpacked gets into the image. */
export function archiveStage(
  nodes: readonly ManifestNode[],
  packed: ReadonlySet<string>,
): readonly ContainerStep[] {
  const archives = nodes.filter((node) => wayOf(node, packed) === "archive");
  if (archives.length === 0) return [];
  return [
    { kind: "from", image: "scratch", name: ARCHIVES },
    ...archives.map(({ downloadUrl: url = "", sha256 = "" }) =>
      ({ kind: "add", url, sha256, target: `/${sha256}.zip` }) as const
    ),
  ];
}

function unpackArchive(node: ManifestNode, place: string, root: string): ContainerStep {
  const { id, version = "", sha256 } = node;
  const archive = `${root}/archives/${sha256}.zip`;
  return {
    kind: "run",
    on: "environment",
    lines: [shellLine(`${root}/venv/bin/python`, `${root}/unpack.py`, archive, place)],
    mounts: [{ kind: "bind", stage: ARCHIVES, source: `/${sha256}.zip`, target: archive }],
    except: OWN_LAYER,
    comment: `Node pack ${id} ${version}`.trimEnd(),
  };
}

function gitPack(node: ManifestNode, place: string, root: string): ContainerStep {
  const { id, repository = "", commit = "", subdirectory } = node;
  const work = subdirectory === undefined ? place : `${root}/packs/${commit}`;
  return {
    kind: "run",
    on: "environment",
    lines: [
      ...checkoutLines(repository, commit, work),
      ...subdirectory === undefined ? [] : [
        shellLine("mv", `${work}/${subdirectory}`, place),
        shellLine("rm", "-r", work),
      ],
    ],
    mounts: [GIT_SECRET],
    except: OWN_LAYER,
    comment: `Node pack ${id} at ${commit}`,
  };
}

/** What git may need to know for repositories that are not public. */
export const GIT_SECRET: Mount = {
  kind: "secret",
  id: "git_credentials",
  target: GIT_CREDENTIALS,
};

/** Takes one commit of a repository; git itself proves by its digest that it is this one. */
export function checkoutLines(
  url: string,
  commit: string,
  directory: string,
): readonly string[] {
  const git = (...words: readonly string[]) =>
    shellLine("git", "-C", directory, "-c", `credential.helper=store --file=${GIT_CREDENTIALS}`)
      .concat(" ", shellLine(...words));
  return [
    shellLine("git", "init", "--quiet", directory),
    git("fetch", "--quiet", "--depth=1", "--", url, commit),
    git("-c", "advice.detachedHead=false", "checkout", "--quiet", commit),
    git("submodule", "--quiet", "update", "--init", "--recursive", "--depth=1"),
    shellLine("rm", "-r", "-f", `${directory}/.git`),
  ];
}

function refuseUnpinned({ id, source }: ManifestNode): void {
  // What is only on this machine was told about as a note, as in every export.
  if (source === "development" || source === "local") return;
  throw new ComfydockError(
    containerErrors.CONTAINER_INCOMPLETE,
    `Cannot export: the manifest does not say which files the node pack ${id} has`,
    { hint: "Give --all-nodes to pack its files", details: { id } },
  );
}
