import type { CommandDefinition } from "../types.ts";
import { SHELLS } from "./shells.ts";

/** Commands about the tool itself. */
export const shellCommands: readonly CommandDefinition[] = [
  {
    path: ["version"],
    brief: "Show the version of comfydock and of what it runs on",
    examples: [
      { command: "comfydock version", brief: "the version alone" },
      { command: "comfydock version --json", brief: "with runtime and platform, for reports" },
    ],
    load: () => import("./version.ts"),
  },
  {
    path: ["completion"],
    brief: "Print the script that completes comfydock's commands in a shell",
    description:
      "Load the script when the shell starts. It asks comfydock itself for proposals, so that it stays right after an update.",
    arguments: [
      { name: "SHELL", brief: "The shell to make the script for", required: true, choices: SHELLS },
    ],
    examples: [
      { command: 'eval "$(comfydock completion bash)"', brief: "in ~/.bashrc" },
      { command: 'eval "$(comfydock completion zsh)"', brief: "in ~/.zshrc, behind compinit" },
      {
        command: "comfydock completion fish > ~/.config/fish/completions/comfydock.fish",
        brief: "once",
      },
      {
        command: "comfydock completion powershell | Out-String | Invoke-Expression",
        brief: "in $PROFILE",
      },
    ],
    load: () => import("./completion.ts"),
  },
  {
    path: ["complete"],
    brief: "Propose how a command line goes on; called by the completion scripts",
    hidden: true,
    arguments: [
      { name: "SHELL", brief: "The shell that asks", required: true, choices: SHELLS },
    ],
    rest: { name: "WORD", brief: "The words behind the program's name, the unfinished one last" },
    examples: [{ command: "comfydock complete bash -- reg", brief: "what the bash script runs" }],
    load: () => import("./complete.ts"),
  },
];
