import type { CommandDefinition, GroupDefinition } from "../types.ts";
import { exportOptions, importOptions } from "./options.ts";

/** Commands that bring environments from one workspace to another. */
export const bundleCommands: readonly CommandDefinition[] = [
  {
    path: ["export"],
    brief: "Pack an environment into one file",
    description:
      "Manifest, lock, Python version and workflows; on request node packs and models. Equal environments give equal " +
      "bytes. Secrets and paths of this machine are refused, not packed. The ending says how it is packed: .tar.zst or " +
      ".tar.gz.",
    arguments: [{ name: "FILE", brief: "The bundle (default: NAME.comfydock.tar.zst)" }],
    options: exportOptions,
    changes: true,
    examples: [
      { command: "comfydock export", brief: "small: all else can be fetched again" },
      {
        command: "comfydock export demo.comfydock.tar.zst --all-nodes --with-models",
        brief: "with everything but Python packages",
      },
      {
        command: "comfydock export --offline-packages --with-models",
        brief: "for a machine without a network",
      },
      { command: "comfydock export --with-models --dry-run", brief: "what would go in?" },
      { command: "comfydock export --container image", brief: "for Docker, or for a cluster" },
    ],
    load: () => import("./export.ts"),
  },
  {
    path: ["import"],
    brief: "Make an environment from a bundle, a directory or a git repository",
    description:
      "All of it is checked before anything is written. The new environment has the same lock, the same commit of " +
      "ComfyUI, the same files of node packs and the same workflows. Interrupted anywhere, nothing half-done is left, " +
      "and the same command goes on with what was fetched. Behind a git address, @REF names a revision and " +
      "#DIRECTORY where in the repository it lies. Snapshots of ComfyUI-Manager (JSON, YAML), packs of comfy-pack, and " +
      "bundles, manifests and workspaces of comfygit are read, too, with a report of what came over.",
    arguments: [{
      name: "SOURCE",
      brief: "Bundle, its URL, directory or git address",
      required: true,
    }],
    options: importOptions,
    changes: true,
    examples: [
      { command: "comfydock import demo.comfydock.tar.zst", brief: "under its own name" },
      {
        command: "comfydock import demo.comfydock.tar.zst --name copy --dry-run",
        brief: "what would be fetched, from where, what runs code?",
      },
      {
        command: "comfydock import https://git.example/me/envs.git@main#portraits --strict",
        brief: "from a repository, exactly or not at all",
      },
      { command: "comfydock import 2026-01-01_snapshot.json", brief: "what another tool noted" },
    ],
    load: () => import("./import.ts"),
  },
];

/** Commands on bundles themselves. */
export const bundleGroup: GroupDefinition = {
  path: ["bundle"],
  brief: "Look into a bundle, or check it",
  examples: [
    { command: "comfydock bundle inspect demo.comfydock.tar.zst", brief: "what is in it?" },
    { command: "comfydock bundle verify demo.comfydock.tar.zst", brief: "is it whole?" },
  ],
  commands: [
    {
      path: ["bundle", "inspect"],
      brief: "Show what a bundle holds",
      arguments: [{ name: "FILE", brief: "The bundle", required: true }],
      examples: [
        { command: "comfydock bundle inspect demo.comfydock.tar.zst", brief: "nodes, models, …" },
      ],
      load: () => import("./inspect.ts"),
    },
    {
      path: ["bundle", "verify"],
      brief: "Check every digest, path and size of a bundle, without writing anything",
      arguments: [{ name: "FILE", brief: "The bundle", required: true }],
      examples: [
        { command: "comfydock bundle verify demo.comfydock.tar.zst", brief: "exit code 0: whole" },
      ],
      load: () => import("./verify.ts"),
    },
  ],
};
