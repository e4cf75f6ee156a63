import type { CommandDefinition, GroupDefinition } from "../../types.ts";

const ANSWERS: readonly CommandDefinition[] = [
  {
    path: ["node", "bisect", "good"],
    brief: "It works without the packs that are held back",
    changes: true,
    examples: [{ command: "comfydock node bisect good", brief: "one of them is to blame" }],
    load: () => import("./good.ts"),
  },
  {
    path: ["node", "bisect", "bad"],
    brief: "It goes wrong without the packs that are held back, too",
    changes: true,
    examples: [{ command: "comfydock node bisect bad", brief: "none of them is to blame" }],
    load: () => import("./bad.ts"),
  },
  {
    path: ["node", "bisect", "skip"],
    brief: "It cannot be told; the packs are divided in another way",
    changes: true,
    examples: [{
      command: "comfydock node bisect skip",
      brief: "such as when ComfyUI fails to start",
    }],
    load: () => import("./skip.ts"),
  },
];

/** Commands of the search for a faulty node pack. */
export const bisectGroup: GroupDefinition = {
  path: ["node", "bisect"],
  brief: "Find the node pack that is to blame, by halves",
  description:
    "Packs that are held back lie in custom_nodes/.disabled meanwhile; the manifest and .venv stay as they are. At the " +
    "end, and with reset, all is where it was before.",
  examples: [
    { command: "comfydock node bisect start", brief: "half of the packs are held back" },
    { command: "comfydock node bisect run -- python check.py", brief: "a program answers" },
  ],
  commands: [
    {
      path: ["node", "bisect", "start"],
      brief: "Begin a search: with all packs it goes wrong",
      changes: true,
      examples: [{ command: "comfydock node bisect start", brief: "then try what goes wrong" }],
      load: () => import("./start.ts"),
    },
    ...ANSWERS,
    {
      path: ["node", "bisect", "reset"],
      brief: "Give the search up and put all packs back",
      changes: true,
      examples: [{ command: "comfydock node bisect reset", brief: "as it was before" }],
      load: () => import("./reset.ts"),
    },
    {
      path: ["node", "bisect", "run"],
      brief: "Let a program answer: exit code 0 is good, 125 skips, other codes up to 127 are bad",
      description:
        "It runs in the directory of ComfyUI, with .venv activated, once for each test. A search must be under way.",
      arguments: [{ name: "CMD", brief: "The program and its arguments", many: true }],
      rest: { name: "CMD", brief: "The program and its arguments" },
      changes: true,
      examples: [{
        command: "comfydock node bisect run -- python main.py --quick-test-for-ci",
        brief: "does ComfyUI start?",
      }],
      load: () => import("./run.ts"),
    },
  ],
};
