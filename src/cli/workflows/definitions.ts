import type { GroupDefinition } from "../types.ts";
import {
  exportOptions,
  importOptions,
  inspectOptions,
  plainOptions,
  resolveOptions,
  trackOptions,
  watchOptions,
  workflowSyncOptions,
} from "./options.ts";

/** Commands on workflows. */
export const workflowGroup: GroupDefinition = {
  path: ["workflow"],
  brief: "See what workflows need, look after them, and keep them in step with ComfyUI",
  examples: [
    { command: "comfydock workflow status", brief: "which are tracked, and how they differ" },
    { command: "comfydock workflow inspect cat.png", brief: "what does this picture need?" },
  ],
  commands: [
    {
      path: ["workflow", "status"],
      brief: "Tell which workflows are tracked, watched or ignored, and how their two sides differ",
      options: plainOptions,
      examples: [{ command: "comfydock workflow status", brief: "of the active environment" }],
      load: () => import("./status.ts"),
    },
    {
      path: ["workflow", "inspect"],
      brief: "Tell what a workflow needs: classes, packs, models, input files",
      description:
        "Reads the JSON that ComfyUI saves or exports, and PNG, WebP, FLAC, MP4 and WebM files that carry it. Inside " +
        "of an environment classes are judged by its ComfyUI and its packs.",
      arguments: [{ name: "FILE", brief: "A file, or the name of a workflow", required: true }],
      options: inspectOptions,
      examples: [
        { command: "comfydock workflow inspect flow.json", brief: "a file" },
        { command: "comfydock workflow inspect flow.json --svg flow.svg", brief: "with a picture" },
      ],
      load: () => import("./inspect.ts"),
    },
    {
      path: ["workflow", "diff"],
      brief: "Tell what two workflows do differently: nodes, links, values, models",
      arguments: [
        { name: "A", brief: "A file, or the name of a workflow", required: true },
        { name: "B", brief: "Another one; default ComfyUI's copy of the workflow A" },
      ],
      options: plainOptions,
      examples: [
        { command: "comfydock workflow diff old.json new.json", brief: "two files" },
        { command: "comfydock workflow diff portrait", brief: ".cec against ComfyUI's copy" },
      ],
      load: () => import("./diff.ts"),
    },
    {
      path: ["workflow", "track"],
      brief: "Take workflows under care: a version in .cec, their needs in the manifest, a commit",
      arguments: [{
        name: "NAME",
        brief: "Names, or with --all patterns with * and ?",
        many: true,
      }],
      options: trackOptions,
      changes: true,
      examples: [
        { command: "comfydock workflow track portrait", brief: "one that ComfyUI shows" },
        { command: 'comfydock workflow track --all "video/*"', brief: "all in a folder" },
      ],
      load: () => import("./track.ts"),
    },
    {
      path: ["workflow", "untrack"],
      brief: "Let go of workflows; ComfyUI's copies stay, the versions of .cec go to the trash",
      arguments: [{
        name: "NAME",
        brief: "Names of tracked workflows",
        required: true,
        many: true,
      }],
      options: plainOptions,
      changes: true,
      examples: [{ command: "comfydock workflow untrack portrait", brief: "one" }],
      load: () => import("./untrack.ts"),
    },
    {
      path: ["workflow", "sync"],
      brief: "Bring the tracked workflows of .cec and of ComfyUI together",
      description:
        "Against the version that both had last: what only one side changed, the other gets. Where both have " +
        "changed, --strategy or an answer decides, and both versions go to the trash first.",
      options: workflowSyncOptions,
      changes: true,
      examples: [
        { command: "comfydock workflow sync", brief: "asks where both sides have changed" },
        { command: "comfydock workflow sync --strategy theirs", brief: "ComfyUI's version counts" },
      ],
      load: () => import("./sync.ts"),
    },
    {
      path: ["workflow", "watch"],
      brief: "Keep the tracked workflows in step while people work in ComfyUI, until Ctrl-C",
      description:
        "What one side changes, the other gets, once nothing more comes for a moment; new workflows, deleted ones and " +
        "conflicts are told and left. undo takes back the last sync, which is not done again. With --json each event " +
        "is one JSON object, and the envelope comes last. comfydock run --watch does the same beside ComfyUI.",
      options: watchOptions,
      changes: true,
      examples: [
        { command: "comfydock workflow watch", brief: "manifest and .cec follow" },
        { command: "comfydock workflow watch --commit", brief: "with a commit for each sync" },
      ],
      load: () => import("./watch.ts"),
    },
    {
      path: ["workflow", "resolve"],
      brief: "Find what a workflow needs; with --install and --download, get it",
      description:
        "The plan comes first: which packs, which models from where, which widgets are written anew. On a terminal it " +
        "asks about what nothing tells; elsewhere --pack, --without, --model and --without-model answer. What stays " +
        "open ends with exit code 1.",
      arguments: [{ name: "NAME", brief: "A workflow, or a file", required: true }],
      options: resolveOptions,
      changes: true,
      examples: [
        { command: "comfydock workflow resolve portrait", brief: "what is missing?" },
        {
          command: "comfydock workflow resolve portrait --install --download",
          brief: "get it all",
        },
        {
          command: 'comfydock workflow resolve portrait --pack "Fast Blur=comfyui-blur" --install',
          brief: "with an answer",
        },
      ],
      load: () => import("./resolve.ts"),
    },
    {
      path: ["workflow", "import"],
      brief: "Put a workflow from elsewhere into ComfyUI, track it, and get what it needs",
      arguments: [
        {
          name: "FILE",
          brief: "JSON, a picture, sound or video, a bundle, or a URL",
          required: true,
        },
      ],
      options: importOptions,
      changes: true,
      examples: [
        { command: "comfydock workflow import cat.png --as cat", brief: "out of a picture" },
        {
          command: "comfydock workflow import flow.json --install --download",
          brief: "ready to run",
        },
      ],
      load: () => import("./import.ts"),
    },
    {
      path: ["workflow", "export"],
      brief: "Write a workflow to a file that says where its models can be had",
      arguments: [{ name: "NAME", brief: "A workflow, or a file", required: true }],
      options: exportOptions,
      changes: true,
      examples: [
        { command: "comfydock workflow export portrait -o portrait.json", brief: "one" },
        {
          command: "comfydock workflow export portrait --with-deps --with-models",
          brief: "a bundle that workflow import takes",
        },
      ],
      load: () => import("./export.ts"),
    },
  ],
};
