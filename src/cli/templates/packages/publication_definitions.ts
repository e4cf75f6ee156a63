import type { CommandDefinition } from "../../types.ts";
import {
  buildOptions,
  changelogOptions,
  cleanOptions,
  notesOptions,
  publishOptions,
  releaseOptions,
  rollbackOptions,
} from "./options.ts";

/** Commands that make and publish distributions. */
export const publicationCommands: readonly CommandDefinition[] = [
  {
    path: ["templates", "packages", "build"],
    brief: "Build wheels and source distributions",
    description:
      "Every file that a package ships must lie in its directory (`templates sync`). Equal files give equal bytes.",
    arguments: [{ name: "PACKAGE", brief: "Only these packages; meta is the root's", many: true }],
    options: buildOptions,
    changes: true,
    examples: [
      { command: "comfydock templates packages build", brief: "all, into dist" },
      { command: "comfydock templates packages build core meta -j 4", brief: "two of them" },
      {
        command: "comfydock templates packages build --builder command --python python3.12",
        brief: "with `python -m build`",
      },
    ],
    load: () => import("./build.ts"),
  },
  {
    path: ["templates", "packages", "publish"],
    brief: "Upload what was built and the index does not have; a plan without --yes",
    description:
      "Packages go up in order. The meta package follows when uv can resolve each of its pins. uv uploads, so that its index, credentials and trusted publishing count.",
    options: publishOptions,
    changes: true,
    examples: [
      { command: "comfydock templates packages publish", brief: "the plan" },
      { command: "comfydock templates packages publish --yes", brief: "carry it out" },
      {
        command: "comfydock templates packages publish --resume --yes",
        brief: "go on where it stopped",
      },
      {
        command: "comfydock templates packages publish --channel test --pre rc1 --yes",
        brief: "pre-releases, to the index that uv's configuration calls test",
      },
    ],
    load: () => import("./publish.ts"),
  },
  {
    path: ["templates", "packages", "release"],
    brief: "All steps of a release: sync, bump, pin, check, build, publish, tag",
    description:
      "Set the version of the meta package by hand before. Without --yes only the plan is shown.",
    options: releaseOptions,
    changes: true,
    examples: [
      { command: "comfydock templates packages release", brief: "the plan" },
      { command: "comfydock templates packages release --yes", brief: "carry it out" },
    ],
    load: () => import("./release.ts"),
  },
  {
    path: ["templates", "packages", "rollback"],
    brief: "Take back what a publication changed in pyprojects, and tell what to yank",
    options: rollbackOptions,
    changes: true,
    examples: [{ command: "comfydock templates packages rollback", brief: "the last publication" }],
    load: () => import("./rollback.ts"),
  },
  {
    path: ["templates", "packages", "clean"],
    brief: "Remove what builds left, and nothing else",
    options: cleanOptions,
    changes: true,
    examples: [{ command: "comfydock templates packages clean --dry-run", brief: "what would go" }],
    load: () => import("./clean.ts"),
  },
  {
    path: ["templates", "packages", "notes"],
    brief: "Tell what the next release brings, as Markdown",
    options: notesOptions,
    changes: true,
    examples: [
      { command: "comfydock templates packages notes", brief: "since the last release" },
      { command: "comfydock templates packages notes -o notes.md", brief: "into a file" },
    ],
    load: () => import("./notes.ts"),
  },
  {
    path: ["templates", "packages", "changelog"],
    brief: "Put what the next release brings into the changelog",
    options: changelogOptions,
    changes: true,
    examples: [
      { command: "comfydock templates packages changelog", brief: "into CHANGELOG.md" },
      {
        command: "comfydock templates packages changelog --since v0.4.0 --dry-run",
        brief: "what would be written",
      },
    ],
    load: () => import("./changelog.ts"),
  },
];
