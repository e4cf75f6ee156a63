import { locate } from "./locate.ts";
import type { GroupDefinition } from "./types.ts";

/** Some commands and groups at the top. */
type Part = Partial<Pick<GroupDefinition, "commands" | "groups">>;

// Each first word with the file that defines what it names: all definitions together take longer to load than most
// commands take to run.
const ROUTES: readonly (readonly [words: readonly string[], load: () => Promise<Part>])[] = [
  [["node"], async () => ({ groups: [(await import("./nodes/definitions.ts")).nodeGroup] })],
  [["model"], async () => ({ groups: [(await import("./models/definitions.ts")).modelGroup] })],
  [["workflow"], async () => ({
    groups: [(await import("./workflows/definitions.ts")).workflowGroup],
  })],
  [["registry"], async () => ({
    groups: [(await import("./registry/definitions.ts")).registryGroup],
  })],
  [["templates"], async () => ({
    groups: [(await import("./templates/definitions.ts")).templatesGroup],
  })],
  [["py", "constraint", "torch"], async () => {
    const found = await import("./environment/packages/definitions.ts");
    return { groups: [found.pyGroup, found.constraintGroup, found.torchGroup] };
  }],
  [
    [
      ...["create", "status", "diff", "validate", "sync"],
      ...["lock", "commit", "log", "rollback", "undo"],
    ],
    async () => ({ commands: (await import("./environment/definitions.ts")).environmentCommands }),
  ],
  [["run", "stop", "logs"], async () => ({
    commands: (await import("./environment/run/definitions.ts")).runCommands,
  })],
  [
    [
      ...["init", "list", "use", "info", "doctor", "delete", "rename", "clone"],
      ...["config", "cache", "trash"],
    ],
    async () => {
      const found = await import("./workspace/definitions.ts");
      return { commands: found.workspaceCommands, groups: found.workspaceGroups };
    },
  ],
];

/**
 * The commands that a command line may mean: those of its first word where they alone understand it, else all of them.
 *
 * @param argv Words behind the program's name.
 */
export async function commandsFor(argv: readonly string[]): Promise<GroupDefinition> {
  const [first = ""] = argv;
  const load = ROUTES.find(([words]) => words.includes(first))?.[1];
  if (load) {
    const part: GroupDefinition = {
      path: [],
      brief: "",
      examples: [],
      commands: [],
      ...await load(),
    };
    // What is not understood is answered with what stands elsewhere, too.
    if (locate(argv, part).kind !== "failure") return part;
  }
  return (await import("./commands.ts")).commands;
}
