import type { CommandDefinition, GroupDefinition } from "../../types.ts";
import { layerOptions, setupOptions } from "./options.ts";

const KEY = { name: "KEY", brief: "Such as torch_backend or api_keys.civitai" } as const;
const bare = ["workspace"];
const WHICH = "--user means your own settings, for all workspaces, and --workspace without DIR " +
  "those of the workspace.";

const setup: CommandDefinition = {
  path: ["config"],
  brief: "Ask for the settings that matter most",
  description:
    "Tokens are tested against their services. Nothing is written before the last question is answered; with an " +
    "answer in an option, nothing is asked.",
  options: setupOptions,
  bare,
  changes: true,
  examples: [{ command: "comfydock config", brief: "be asked" }],
  load: () => import("./setup.ts"),
};

/** Settings and credentials. */
export const configGroup: GroupDefinition = {
  path: ["config"],
  brief: "Show and change settings; alone, ask for those that matter most",
  description:
    "Values come from defaults, your own settings, the workspace's settings, environment variables and options; " +
    `later ones win. Credentials are kept apart, readable only for you. ${WHICH}`,
  examples: [
    { command: "comfydock config", brief: "be asked" },
    { command: "comfydock config list", brief: "every setting and where it comes from" },
    { command: "comfydock config set torch_backend cu128 --user", brief: "for all workspaces" },
    { command: "comfydock config set api_keys.civitai", brief: "type the token when asked" },
  ],
  index: setup,
  commands: [
    {
      path: ["config", "list"],
      brief: "List every setting with its value and where it comes from",
      description: WHICH,
      options: layerOptions,
      bare,
      examples: [
        { command: "comfydock config list", brief: "what holds here" },
        { command: "comfydock config list --user", brief: "what your own settings say" },
      ],
      load: () => import("./list.ts"),
    },
    {
      path: ["config", "get"],
      brief: "Show one setting; a credential is masked",
      description: WHICH,
      arguments: [{ ...KEY, required: true }],
      options: layerOptions,
      bare,
      examples: [{ command: "comfydock config get models_dir", brief: "the value alone" }],
      load: () => import("./get.ts"),
    },
    {
      path: ["config", "set"],
      brief: "Change a setting, of the workspace unless --user is given",
      description: `${WHICH} A credential is typed when asked, or read from standard input when ` +
        "VALUE is -; it always belongs to you, not to a workspace.",
      arguments: [
        { ...KEY, required: true },
        { name: "VALUE", brief: "The value; absent or - for credentials" },
      ],
      options: layerOptions,
      bare,
      changes: true,
      examples: [
        { command: "comfydock config set torch_backend cpu", brief: "in this workspace" },
        { command: "comfydock config set rate 4 --user", brief: "in all workspaces" },
        { command: "comfydock config set api_keys.huggingface", brief: "be asked for the token" },
        { command: "comfydock config set api_keys.civitai - < token.txt", brief: "from a file" },
      ],
      load: () => import("./set.ts"),
    },
    {
      path: ["config", "unset"],
      brief: "Take a setting or a credential out, so that the layer below counts",
      description: WHICH,
      arguments: [{ ...KEY, required: true }],
      options: layerOptions,
      bare,
      changes: true,
      examples: [{ command: "comfydock config unset torch_backend", brief: "back to the default" }],
      load: () => import("./unset.ts"),
    },
    {
      path: ["config", "path"],
      brief: "Show where settings and credentials are kept",
      description: WHICH,
      options: layerOptions,
      bare,
      examples: [{ command: "comfydock config path --user", brief: "the path alone" }],
      load: () => import("./path.ts"),
    },
  ],
};
