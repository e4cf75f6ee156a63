import { CONTAINER_PORT, CONTAINER_USER } from "./steps.ts";
import type { ContainerGpu } from "./types.ts";

/** What a compose file is made of. */
export interface ComposeFacts {
  readonly name: string;
  readonly gpu: ContainerGpu;
  readonly root: string;
}

const KEPT = ["input", "output", "user"] as const;
const TOKENS = [
  ["huggingface_token", "HF_TOKEN_FILE"],
  ["civitai_token", "CIVITAI_TOKEN_FILE"],
] as const;

/**
 * Writes the compose file of a container.
 *
 * Source of the form: https://github.com/compose-spec/compose-spec
 */
export function renderCompose({ name, gpu, root }: ComposeFacts): string {
  const project = projectName(name);
  const mount = (source: string, path: string) => `      - ${quoted(`${source}:${path}`)}`;
  return [
    `name: ${quoted(project)}`,
    "services:",
    "  comfyui:",
    "    build: .",
    `    image: ${quoted(`comfydock/${project}`)}`,
    "    init: true",
    "    restart: unless-stopped",
    "    # For files of yours that are mounted: CONTAINER_USER=$(id -u):0 docker compose up",
    `    user: "\${CONTAINER_USER:-${CONTAINER_USER}}"`,
    "    security_opt:",
    '      - "no-new-privileges:true"',
    "    cap_drop:",
    "      - ALL",
    "    ports:",
    "      # Only this machine reaches it; ADDRESS=0.0.0.0 opens it to others, and ComfyUI asks nobody who they are.",
    `      - "\${ADDRESS:-127.0.0.1}:\${PORT:-${CONTAINER_PORT}}:${CONTAINER_PORT}"`,
    "    environment:",
    "      # 1: models that are missing are fetched when it starts.",
    '      FETCH_MODELS: "${FETCH_MODELS:-}"',
    "    volumes:",
    "      # A directory of yours (MODELS_DIR=/path), or a volume.",
    mount("${MODELS_DIR:-models}", `${root}/ComfyUI/models`),
    ...KEPT.map((kept) => mount(kept, `${root}/ComfyUI/${kept}`)),
    "    secrets:",
    ...TOKENS.map(([secret]) => `      - ${secret}`),
    ...gpuLines(gpu),
    "volumes:",
    ...["models", ...KEPT].map((volume) => `  ${volume}:`),
    "# Files that hold a token each; without one, there is none.",
    "secrets:",
    ...TOKENS.flatMap(([secret, variable]) => [
      `  ${secret}:`,
      `    file: "\${${variable}:-/dev/null}"`,
    ]),
    "",
  ].join("\n");
}

function gpuLines(gpu: ContainerGpu): readonly string[] {
  switch (gpu) {
    case "none":
      return [];
    case "nvidia":
      return [
        "    deploy:",
        "      resources:",
        "        reservations:",
        "          devices:",
        "            - driver: nvidia",
        "              count: all",
        "              capabilities: [gpu]",
      ];
    case "amd":
      return [
        "    devices:",
        "      - /dev/kfd",
        "      - /dev/dri",
        "    group_add:",
        "      - video",
        "      # The id of the group that /dev/dri/renderD128 belongs to.",
        '      - "${RENDER_GROUP:-video}"',
      ];
  }
}

/** The name of a project: lower-case letters, digits, dashes and underscores, beginning with a letter or digit. */
export function projectName(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9_-]+/g, "-").replace(/^[^a-z0-9]+/, "") || "comfyui";
}

function quoted(text: string): string {
  return JSON.stringify(text);
}
