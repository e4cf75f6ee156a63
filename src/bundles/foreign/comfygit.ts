import { join } from "node:path";
import {
  gitReference,
  type TakenPack,
  type TakenPackage,
  type TakenWorkflow,
  type TakeoverFinding,
} from "../../environment/takeover/mod.ts";
import {
  isTable,
  type Manifest,
  type ManifestNode,
  parseRequirement,
  readManifest,
  requirementName,
} from "../../pyproject/mod.ts";
import { isObjectId } from "../../tools/mod.ts";
import { dropped } from "./findings.ts";
import type { ForeignDescription } from "./types.ts";

/** The files of an environment of comfygit, or of comfydock's Python forerunner. */
export interface ComfygitFiles {
  /** Text of `pyproject.toml`, schema 1 or 2. */
  readonly manifestText: string;
  /** Workflows by their paths, which begin with `workflows/`. */
  readonly workflows: ReadonlyMap<string, Uint8Array<ArrayBuffer>>;
  /** Text of `.python-version`. */
  readonly pythonVersion?: string;
  /** Text of `.pytorch-backend`: the backend, then `torch=VERSION` lines. */
  readonly torch?: string;
  /** The versions of its own `uv.lock`, which never leaves the machine there. */
  readonly locked?: readonly TakenPackage[];
  /** Absolute path of `custom_nodes`, where the environment is on this machine. */
  readonly customNodes?: string;
  /** Absolute path of its models, where these are on this machine. */
  readonly models?: string;
}

/** Groups of node packs end so; https://github.com/comfygit-ai/comfygit `pyproject_manager.py`. */
const NODE_GROUP = /-[0-9a-f]{8}$/;
const TORCH_FAMILY = ["torch", "torchvision", "torchaudio"];

/** Whether a `pyproject.toml` is of comfygit or of comfydock's Python forerunner. */
export function isComfygitManifest(manifest: Manifest): boolean {
  return manifest.legacy !== undefined;
}

/**
 * Tells an environment of comfygit in our words.
 *
 * @param named What messages call it.
 * @throws `MANIFEST_INVALID`
 */
export function describeComfygit(files: ComfygitFiles, named: string): ForeignDescription {
  const manifest = readManifest(files.manifestText, `${named}: pyproject.toml`);
  const { environment, project, uv, nodes } = manifest;
  const [backend, ...pinned] = (files.torch ?? "").split(/\r?\n/).map((line) => line.trim());
  const python = environment.pythonVersion ?? files.pythonVersion?.trim();
  const { kept, local } = partRequirements([...project.dependencies, ...ownGroups(manifest)]);
  const chosen = chooseComfyUI(manifest);
  return {
    kind: "comfygit",
    name: project.name.replace(/^comfy(?:git|dock)-env-/, ""),
    takeover: {
      named,
      comfyui: chosen.comfyui,
      python: python !== undefined && /^3\.\d{1,2}(?:\.\d{1,3})?$/.test(python)
        ? python
        : undefined,
      torchBackend: environment.torchBackend ?? backendOf(backend ?? "") ??
        indexedBackend(manifest),
      packs: Object.values(nodes).map((node) => toPack(node, files.customNodes)),
      packages: [...files.locked ?? [], ...pinned.flatMap(toPin)],
      requirements: kept,
      constraints: uv.constraints.filter((text) => !TORCH_FAMILY.includes(requirementName(text))),
      choices: readChoices(manifest),
      // Those of Windows have its separators.
      models: Object.values(manifest.models).map((model) => ({
        ...model,
        localPath: model.localPath?.replaceAll("\\", "/"),
      })),
      workflows: toWorkflows(files.workflows),
      findings: [
        chosen.finding,
        ...files.locked
          ? []
          : [dropped("packages", "uv.lock", "It has none; packages are resolved anew")],
        ...local.map((text) =>
          dropped("packages", requirementName(text), "It comes from a path of another machine")
        ),
        ...uv.indexes.filter(({ name = "" }) => !/^pytorch-/.test(name)).map(({ name = "" }) =>
          dropped(
            "packages",
            `index ${name}`,
            "Indexes are for you to add: one can replace any package",
          )
        ),
        ...files.models === undefined ? [] : [
          dropped(
            "models",
            files.models,
            `comfydock model scan "${files.models}" makes them known here`,
          ),
        ],
        ...uv.overrides.map((text) => dropped("packages", text, "Overrides are not taken over")),
        ...Object.values(nodes).flatMap((node) =>
          node.source === "development" ? [tellDevelopment(node)] : []
        ),
      ],
    },
  };
}

function chooseComfyUI(
  { environment }: Manifest,
): { readonly comfyui: string; readonly finding: TakeoverFinding } {
  const told = { part: "comfyui", subject: "ComfyUI" } as const;
  const { comfyuiCommit: commit, comfyuiVersion: version } = environment;
  if (commit !== undefined && isObjectId(commit)) {
    const message = `It is ${commit.slice(0, 8)}${version === undefined ? "" : ` (${version})`}`;
    return { comfyui: commit, finding: { ...told, certainty: "exact", message } };
  }
  if (version === undefined || version === "") {
    const message = "No version is named; the latest release is taken";
    return { comfyui: "latest", finding: { ...told, certainty: "guessed", message } };
  }
  const isRelease = /^v\d/.test(version) || isObjectId(version);
  return {
    comfyui: version,
    finding: {
      ...told,
      certainty: isRelease ? "exact" : "guessed",
      message: isRelease ? `It is ${version}` : `Only the branch ${version} is named, as it is now`,
    },
  };
}

function toPack(node: ManifestNode, customNodes: string | undefined): TakenPack {
  const { id, name, source, registryId, version, repository, commit } = node;
  const shared = { subject: name, enabled: true };
  if (source === "registry") {
    const wanted = registryId ?? id;
    return { ...shared, reference: version === undefined ? wanted : `${wanted}@${version}` };
  }
  const isHere = source === "development" && customNodes !== undefined && isName(name);
  const files = isHere ? { files: join(customNodes, name), directory: name } : {};
  if (repository === undefined) return { ...shared, ...files };
  return { ...shared, ...files, reference: gitReference(repository, commit), git: true };
}

function tellDevelopment({ name, repository }: ManifestNode): TakeoverFinding {
  return {
    part: "nodes",
    certainty: repository === undefined ? "unknown" : "guessed",
    subject: name,
    message: repository === undefined
      ? "It was in development, and nobody says where"
      : "It was in development; its repository is taken as it was noted",
  };
}

function isName(text: string): boolean {
  return !/[\\/:\p{Cc}]|^\.{0,2}$/u.test(text);
}

/** What groups hold that are no node pack's; those that may fail there are left out. */
function ownGroups({ groups }: Manifest): readonly string[] {
  return Object.entries(groups)
    .filter(([name]) => !NODE_GROUP.test(name) && !name.startsWith("optional-"))
    .flatMap(([, items]) => items.filter((item) => typeof item === "string"));
}

function partRequirements(
  requirements: readonly string[],
): { readonly kept: readonly string[]; readonly local: readonly string[] } {
  const parted = Map.groupBy(requirements, (text) => {
    const { url } = parseRequirement(text);
    return url === undefined || /^(?:git\+)?https:\/\//i.test(url) ? "kept" : "local";
  });
  return { kept: parted.get("kept") ?? [], local: parted.get("local") ?? [] };
}

function toPin(line: string): readonly TakenPackage[] {
  const [, name, version] = /^(torch(?:vision|audio)?)=([\w.+]{1,60})$/.exec(line) ?? [];
  return name === undefined || version === undefined ? [] : [{ name, version }];
}

function backendOf(text: string): string | undefined {
  return /^(?:cpu|xpu|cu\d{2,3}|rocm\d{1,2}\.\d{1,2}(?:\.\d{1,2})?)$/.exec(text)?.[0];
}

// Schema 1 kept the index of PyTorch in the file.
function indexedBackend({ uv }: Manifest): string | undefined {
  const names = uv.indexes.map(({ name = "" }) => /^pytorch-(.+)$/.exec(name)?.[1] ?? "");
  return names.map(backendOf).find((backend) => backend !== undefined);
}

/** `custom_node_map` of each workflow: a class to a pack, or to `false`. */
function readChoices({ tables, legacy }: Manifest): ReadonlyMap<string, string | false> {
  const choices = new Map<string, string | false>();
  const tool = isTable(tables.tool) ? tables.tool[legacy ?? ""] : undefined;
  const workflows = isTable(tool) && isTable(tool.workflows) ? tool.workflows : {};
  for (const workflow of Object.values(workflows)) {
    const map = isTable(workflow) && isTable(workflow.custom_node_map)
      ? workflow.custom_node_map
      : {};
    for (const [type, pack] of Object.entries(map)) {
      if (typeof pack === "string" || pack === false) choices.set(type, pack);
    }
  }
  return choices;
}

function toWorkflows(
  workflows: ReadonlyMap<string, Uint8Array<ArrayBuffer>>,
): readonly TakenWorkflow[] {
  return [...workflows].filter(([file]) => /\.json$/i.test(file))
    .map(([file, content]) => ({ file, content }));
}
