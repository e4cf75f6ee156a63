import type { CommandDefinition } from "../types.ts";

/** Commands that tell how node packs fit together. */
export const checkDefinitions: readonly CommandDefinition[] = [
  {
    path: ["node", "check"],
    brief: "Tell which node packs fit together, and which pack pulls which version",
    description:
      "uv resolves what the packs ask for in a scratch copy; nothing is changed. With packs that are not in the " +
      "environment it tells what they would change, and which installed packs they exclude. What helps is tried " +
      "before it is proposed. Exit code 1 when something does not fit.",
    arguments: [{
      name: "ID",
      brief: "Packs of the environment, or any that could be added",
      many: true,
    }],
    examples: [
      { command: "comfydock node check", brief: "the packs that are there" },
      {
        command: "comfydock node check comfyui-impact-pack comfyui-kjnodes@1.1.0",
        brief: "would these fit?",
      },
    ],
    load: () => import("./check.ts"),
  },
];
