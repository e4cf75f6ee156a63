import type { CommandDefinition } from "../../types.ts";
import {
  checkOptions,
  compatOptions,
  contentOptions,
  duplicatesOptions,
  linksOptions,
  statsOptions,
  syncOptions,
  testOptions,
} from "./options.ts";

const AREAS = [
  ...["sync", "index", "assets", "duplicates", "workflows", "locales", "manifest", "links"],
  ...["policy", "load", "docs"],
];

/** Commands that look at templates, and the one that brings manifest and packages in step with them. */
export const checkCommands: readonly CommandDefinition[] = [
  {
    path: ["templates", "check"],
    brief: "Check bundles, index, assets, workflows, translations and manifest",
    description: "Without an area all are checked but two: `load` looks for the files of the " +
      "manifest in the packages, where `templates sync` puts them; `docs` looks whether files and " +
      "scripts that Markdown pages name are there. The area `duplicates` alone decodes thumbnails " +
      "to find those that look alike; with all areas only equal files are found.",
    arguments: [{ name: "AREA", brief: "Only this area", choices: AREAS }],
    options: checkOptions,
    examples: [
      { command: "comfydock templates check", brief: "everything" },
      { command: "comfydock templates check manifest --committed", brief: "what is committed" },
      { command: "comfydock templates check assets --strict", brief: "warnings fail, too" },
    ],
    load: () => import("./check.ts"),
  },
  {
    path: ["templates", "sync"],
    brief: "Bring the manifest and the copies in packages in step with the templates",
    options: syncOptions,
    changes: true,
    examples: [
      { command: "comfydock templates sync", brief: "after templates were edited" },
      { command: "comfydock templates sync --check", brief: "only tell whether something differs" },
    ],
    load: () => import("./sync.ts"),
  },
  {
    path: ["templates", "duplicates"],
    brief: "Find files with the same content, and thumbnails that look alike",
    description: "Pictures are compared by a difference hash of 128 bits, animations by their " +
      "first picture. With --since the exit code is 1 when a thumbnail that changed is, or looks " +
      "like, that of another template.",
    options: duplicatesOptions,
    examples: [
      { command: "comfydock templates duplicates", brief: "those that waste most first" },
      {
        command: "comfydock templates duplicates --perceptual --since origin/main",
        brief: "what a pull request must not bring",
      },
    ],
    load: () => import("./duplicates.ts"),
  },
  {
    path: ["templates", "size"],
    brief: "Measure packages and formats, and estimate what other formats would save",
    options: duplicatesOptions,
    examples: [{ command: "comfydock templates size", brief: "exit code 1 above the limit" }],
    load: () => import("./size.ts"),
  },
  {
    path: ["templates", "links"],
    brief: "Check the addresses that workflows, notes and the index give",
    options: linksOptions,
    examples: [
      { command: "comfydock templates links", brief: "whether they can be understood" },
      { command: "comfydock templates links --online --timeout 5", brief: "ask the servers" },
    ],
    load: () => import("./links.ts"),
  },
  {
    path: ["templates", "versions"],
    brief: "Tell the revision of each template, and the releases that brought and changed it",
    options: contentOptions,
    examples: [{ command: "comfydock templates versions", brief: "from the tags of the history" }],
    load: () => import("./versions.ts"),
  },
  {
    path: ["templates", "stats"],
    brief: "Count templates by category, media type, bundle and translation",
    options: statsOptions,
    examples: [
      { command: "comfydock templates stats", brief: "with bytes" },
      { command: "comfydock templates stats --log access.log", brief: "with what was asked for" },
    ],
    load: () => import("./stats.ts"),
  },
  {
    path: ["templates", "compat"],
    brief: "Tell what users of an earlier release would miss",
    options: compatOptions,
    examples: [
      { command: "comfydock templates compat --since v0.5.0", brief: "since a release" },
      { command: "comfydock templates compat --acknowledge img_a", brief: "what is meant" },
    ],
    load: () => import("./compat.ts"),
  },
  {
    path: ["templates", "test"],
    brief: "Put one template to the test: graph, models, files, nodes",
    arguments: [{ name: "ID", brief: "The template", required: true }],
    options: testOptions,
    examples: [
      { command: "comfydock templates test default", brief: "all checks of one template" },
      {
        command: "comfydock templates test default --object-info object_info.json",
        brief: "and whether ComfyUI offers its nodes",
      },
    ],
    load: () => import("./test.ts"),
  },
];
