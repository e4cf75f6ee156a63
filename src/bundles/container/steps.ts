import {
  archiveStage,
  checkoutLines,
  containerNodes,
  GIT_SECRET,
  nodeSteps,
} from "./node_steps.ts";
import { shellLine } from "./shell.ts";
import type { ContainerFacts, ContainerStep } from "./types.ts";

/** The user that ComfyUI runs as; the group 0 is what clusters give to users that they choose themselves. */
export const CONTAINER_USER = "10001:0";
const USER_ID = CONTAINER_USER.split(":")[0]!;
/** Where ComfyUI listens in a container. */
export const CONTAINER_PORT = 8188;
/** Directories of ComfyUI that are written to while it runs. */
export const WRITTEN: readonly string[] = ["input", "models", "output", "temp", "user"];

const TORCH = "layers/torch/";
const COMFYUI = "layers/comfyui/";

/** Which parts of the lock have a layer of their own. */
export interface LayerChoice {
  readonly torch: boolean;
  readonly comfyui: boolean;
}

/**
 * The way from a base image to a container that runs the environment: what changes seldom comes first.
 *
 * @throws `CONTAINER_INCOMPLETE`
 */
export function containerSteps(
  facts: ContainerFacts,
  layers: LayerChoice,
): readonly ContainerStep[] {
  const { manifest, uvImage, base, root } = facts;
  const nodes = containerNodes(manifest);
  return [
    { kind: "from", image: uvImage, name: "uv" },
    ...archiveStage(nodes, facts.packed),
    { kind: "from", image: base.image },
    ...machineSteps(facts),
    ...pythonSteps(facts, layers),
    {
      kind: "run",
      on: "environment",
      lines: checkoutLines(facts.comfyui, manifest.environment.comfyuiCommit!, `${root}/ComfyUI`),
      mounts: [GIT_SECRET],
      except: { DL3059: "ComfyUI has a layer of its own" },
      comment: "ComfyUI at its commit",
    },
    ...nodeSteps(nodes, facts.packed, root),
    {
      kind: "copy",
      sources: ["pyproject.toml", "uv.lock"],
      target: `${root}/environment/`,
      comment: "All packages of the lock, with those of node packs",
    },
    sync(facts, "environment", ["--all-groups"]),
    ...facts.hasWorkflows
      ? [
        {
          kind: "copy",
          sources: ["workflows/"],
          target: `${root}/ComfyUI/user/default/workflows/`,
          comment: "Workflows",
        } as const,
      ]
      : [],
    {
      kind: "run",
      on: "environment",
      lines: [
        shellLine("mkdir", "-p", ...WRITTEN.map((name) => `${root}/ComfyUI/${name}`)),
        shellLine("chmod", "-R", "g+rwX", ...WRITTEN.map((name) => `${root}/ComfyUI/${name}`)),
      ],
      comment: "What is written to while it runs, also for a user that a cluster chooses",
    },
    { kind: "copy", sources: ["start.py", "health.py", "models.json"], target: `${root}/` },
    { kind: "workdir", path: `${root}/ComfyUI` },
    { kind: "expose", port: CONTAINER_PORT },
    {
      kind: "healthcheck",
      command: [`${root}/venv/bin/python`, `${root}/health.py`],
    },
    { kind: "entrypoint", command: [`${root}/venv/bin/python`, `${root}/start.py`] },
    ...manifest.environment.torchBackend === "cpu"
      ? [{ kind: "cmd", command: ["--cpu"] } as const]
      : [],
  ];
}

function machineSteps(
  { packages, root, base, manifest }: ContainerFacts,
): readonly ContainerStep[] {
  return [
    {
      kind: "run",
      on: "machine",
      lines: [
        "apt-get update",
        shellLine("apt-get", "install", "-y", "--no-install-recommends", ...packages),
        "rm -rf /var/lib/apt/lists/*",
      ],
      except: { DL3008: "the image is pinned, and its distribution keeps no older versions" },
      comment: "What the system has to bring along",
    },
    {
      kind: "run",
      on: "machine",
      lines: [
        shellLine(
          ...["useradd", "--no-log-init", "--no-create-home", "--uid", USER_ID, "--gid", "0"],
          ...["--home-dir", root, "--shell", "/usr/sbin/nologin", "comfyui"],
        ),
        shellLine("install", "-d", "-o", USER_ID, "-g", "0", "-m", "0775", root, `${root}/.cache`),
        shellLine("install", "-d", "-o", USER_ID, "-g", "0", "-m", "0775", `${root}/.cache/uv`),
      ],
      except: { DL3059: "the packages of the system have a layer of their own" },
      comment: "Nothing runs as root from here on",
    },
    { kind: "copy", stage: "uv", sources: ["/uv"], target: "/usr/local/bin/" },
    { kind: "user", user: CONTAINER_USER },
    { kind: "workdir", path: root },
    {
      kind: "env",
      variables: {
        HOME: root,
        PATH:
          `${root}/venv/bin:/usr/local/nvidia/bin:/usr/local/cuda/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin`,
        UV_CACHE_DIR: `${root}/.cache/uv`,
        UV_LINK_MODE: "copy",
        UV_NO_PROGRESS: "1",
        UV_PROJECT_ENVIRONMENT: `${root}/venv`,
        UV_PYTHON_INSTALL_BIN: "0",
        UV_PYTHON_INSTALL_DIR: `${root}/python`,
        COMFYUI_PORT: String(CONTAINER_PORT),
        ...base.gpu === "nvidia"
          ? { NVIDIA_VISIBLE_DEVICES: "all", NVIDIA_DRIVER_CAPABILITIES: "compute,utility" }
          : {},
      },
    },
    {
      kind: "run",
      on: "machine",
      lines: [shellLine("uv", "python", "install", pythonOf(manifest))],
      comment: "Python",
    },
    {
      kind: "run",
      on: "environment",
      lines: [
        shellLine("uv", "venv", "--no-project", "--python", pythonOf(manifest), `${root}/venv`),
      ],
      except: { DL3059: "Python has a layer of its own" },
    },
  ];
}

function pythonSteps(
  facts: ContainerFacts,
  { torch, comfyui }: LayerChoice,
): readonly ContainerStep[] {
  const layer = (source: string, comment: string): readonly ContainerStep[] => [
    { kind: "copy", sources: [source], target: `${facts.root}/${source}`, comment },
    sync(facts, source.replace(/\/$/, ""), []),
  ];
  return [
    ...torch ? layer(TORCH, "PyTorch: the largest layer, and the one that changes least") : [],
    ...comfyui ? layer(COMFYUI, "Packages of ComfyUI") : [],
  ];
}

function sync(
  { root, manifest }: ContainerFacts,
  directory: string,
  words: readonly string[],
): ContainerStep {
  const python = ["--python", pythonOf(manifest)];
  const place = ["--directory", `${root}/${directory}`];
  return {
    kind: "run",
    on: "environment",
    lines: [shellLine("uv", "sync", "--frozen", ...words, ...python, ...place)],
    mounts: [
      { kind: "cache", target: `${root}/.cache/uv` },
      // What uv may need to know for indexes that are not public.
      { kind: "secret", id: "netrc", target: `${root}/.netrc` },
    ],
  };
}

function pythonOf({ environment }: ContainerFacts["manifest"]): string {
  return environment.pythonVersion ?? "3";
}
