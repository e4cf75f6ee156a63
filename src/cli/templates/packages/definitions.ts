import type { CommandDefinition, GroupDefinition } from "../../types.ts";
import { metricsGroup } from "./metrics_definitions.ts";
import { bumpOptions, changedOptions, checkOptions, listOptions, pinOptions } from "./options.ts";
import { publicationCommands } from "./publication_definitions.ts";

const versionCommands: readonly CommandDefinition[] = [
  {
    path: ["templates", "packages", "changed"],
    brief: "Tell which packages changed since the last release, and why",
    description:
      "What packages would ship is compared with what they shipped at the last tag in the history, content by content: moved, renamed and deleted templates come out at the packages that they concern. Nothing is printed when nothing changed.",
    options: changedOptions,
    examples: [
      { command: "comfydock templates packages changed", brief: "since the last release" },
      {
        command: "comfydock templates packages changed --since v0.5.0 --exit-code",
        brief: "since a tag; 1 when something changed",
      },
    ],
    load: () => import("./changed.ts"),
  },
  {
    path: ["templates", "packages", "bump"],
    brief: "Raise the versions of packages that changed since the last release",
    description:
      "Packages that have another version than at the last release are left as they are, and so is the meta package: its version is set by hand.",
    arguments: [{ name: "PACKAGE", brief: "Only these packages", many: true }],
    options: bumpOptions,
    changes: true,
    examples: [
      { command: "comfydock templates packages bump", brief: "the last number of each" },
      {
        command: "comfydock templates packages bump --minor media_api --dry-run",
        brief: "what another number would change",
      },
    ],
    load: () => import("./bump.ts"),
  },
  {
    path: ["templates", "packages", "pin"],
    brief: "Pin the packages in the meta package: exactly, in dependencies and all extras",
    options: pinOptions,
    changes: true,
    examples: [
      { command: "comfydock templates packages pin", brief: "write the pins" },
      { command: "comfydock templates packages pin --check", brief: "only look" },
    ],
    load: () => import("./pin.ts"),
  },
  {
    path: ["templates", "packages", "check"],
    brief:
      "Check what a release needs: pins, pyprojects, versions, policy, Python, index, workflows",
    arguments: [{
      name: "AREA",
      brief: "What to check (default: all but tools)",
      many: true,
      choices: [
        ...["pins", "pyproject", "sync", "policy", "python", "remote", "ci", "commits"],
        "tools",
      ],
    }],
    options: checkOptions,
    examples: [
      { command: "comfydock templates packages check pins", brief: "the pins of the meta package" },
      {
        command: "comfydock templates packages check python --versions 3.9,3.12",
        brief: "for these versions of Python",
      },
      {
        command:
          "comfydock templates packages check remote --name comfyui-workflow-templates --version 0.7.25",
        brief: "is this version on the index?",
      },
    ],
    load: () => import("./check.ts"),
  },
];

/** Commands on the Python packages of a template repository. */
export const packagesGroup: GroupDefinition = {
  path: ["templates", "packages"],
  brief: "Release the Python packages of a template repository",
  examples: [
    { command: "comfydock templates packages list", brief: "which there are" },
    { command: "comfydock templates packages changed", brief: "what changed" },
    { command: "comfydock templates packages release --yes", brief: "all steps of a release" },
  ],
  commands: [
    {
      path: ["templates", "packages", "list"],
      brief: "Tell which packages there are: directory, distribution, module, version, bundles",
      options: listOptions,
      examples: [
        { command: "comfydock templates packages list", brief: "of the repository here" },
        {
          command: "comfydock templates packages list -C ../workflow_templates",
          brief: "elsewhere",
        },
      ],
      load: () => import("./list.ts"),
    },
    ...versionCommands,
    ...publicationCommands,
  ],
  groups: [metricsGroup],
};
