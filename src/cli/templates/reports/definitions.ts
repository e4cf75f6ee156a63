import type { CommandDefinition, GroupDefinition } from "../../types.ts";
import {
  cdnOptions,
  docsOptions,
  doctorOptions,
  guideOptions,
  reportOptions,
  serveOptions,
  splitOptions,
} from "./options.ts";

/** Commands that show a repository of templates, and make lists for others. */
export const reportCommands: readonly CommandDefinition[] = [
  {
    path: ["templates", "report"],
    brief:
      "Report coverage, sizes, growth, faults, dead links and downloads; a page with thumbnails",
    options: reportOptions,
    examples: [
      {
        command: "comfydock templates report --html report.html",
        brief: "a page beside the files",
      },
      {
        command: "comfydock templates report --html report.html --embed --downloads recent.json",
        brief: "a page that goes elsewhere alone",
      },
    ],
    changes: true,
    load: () => import("./report.ts"),
  },
  {
    path: ["templates", "docs"],
    brief: "Write a page for each template: nodes, models, sizes, thumbnail",
    options: docsOptions,
    examples: [{ command: "comfydock templates docs", brief: "into docs/templates" }],
    changes: true,
    load: () => import("./docs.ts"),
  },
  {
    path: ["templates", "split-index"],
    brief: "Write a light index and a file of details for each template, to be loaded on demand",
    options: splitOptions,
    examples: [
      { command: "comfydock templates split-index --out dist/index", brief: "all languages" },
    ],
    changes: true,
    load: () => import("./split_index.ts"),
  },
  {
    path: ["templates", "serve"],
    brief: "Show the gallery on this machine, as it is now; Ctrl-C ends it",
    options: serveOptions,
    examples: [
      { command: "comfydock templates serve", brief: "at http://127.0.0.1:8190" },
      { command: "comfydock templates serve --port 0", brief: "at a free port" },
    ],
    load: () => import("./serve.ts"),
  },
  {
    path: ["templates", "doctor"],
    brief: "Look whether machine and repository are ready for work on templates",
    options: doctorOptions,
    examples: [{ command: "comfydock templates doctor", brief: "tools, history, hook, faults" }],
    load: () => import("./doctor.ts"),
  },
  {
    path: ["templates", "guide"],
    brief:
      "Show how a template is added or released, how versions are pinned, what to do in trouble",
    arguments: [{
      name: "TOPIC",
      brief: "Page (default: add)",
      choices: ["add", "release", "pins", "troubleshooting"],
    }],
    options: guideOptions,
    examples: [{
      command: "comfydock templates guide troubleshooting",
      brief: "what may go wrong",
    }],
    load: () => import("./guide.ts"),
  },
];

/** Commands for content delivery networks. */
export const cdnGroup: GroupDefinition = {
  path: ["templates", "cdn"],
  brief: "Prepare templates for a content delivery network",
  examples: [{ command: "comfydock templates cdn manifest", brief: "what goes where" }],
  commands: [
    {
      path: ["templates", "cdn", "manifest"],
      brief: "List each file with its place, size and digest",
      options: cdnOptions,
      examples: [
        {
          command: "comfydock templates cdn manifest --base-url https://cdn.example -o cdn.json",
          brief: "with addresses, into a file",
        },
      ],
      changes: true,
      load: () => import("./cdn_manifest.ts"),
    },
  ],
};
