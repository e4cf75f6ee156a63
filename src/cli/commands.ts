import { adoptDefinition } from "./adoption/definitions.ts";
import { bundleCommands, bundleGroup } from "./bundles/definitions.ts";
import { demoDefinition } from "./demo/definitions.ts";
import { careCommands } from "./environment/care/definitions.ts";
import { environmentCommands } from "./environment/definitions.ts";
import { constraintGroup, pyGroup, torchGroup } from "./environment/packages/definitions.ts";
import { runCommands } from "./environment/run/definitions.ts";
import { remoteGroup, sharingCommands } from "./environment/sharing/definitions.ts";
import { modelGroup } from "./models/definitions.ts";
import { nodeGroup } from "./nodes/definitions.ts";
import { registryGroup } from "./registry/definitions.ts";
import { selfGroup } from "./self/definitions.ts";
import { shellCommands } from "./shell/definitions.ts";
import { summaryDefinition } from "./summary/definitions.ts";
import { templatesGroup } from "./templates/definitions.ts";
import type { GroupDefinition } from "./types.ts";
import { workflowGroup } from "./workflows/definitions.ts";
import { workspaceCommands, workspaceGroups } from "./workspace/definitions.ts";

/** Every command of comfydock. */
export const commands: GroupDefinition = {
  path: [],
  brief: "Find, install and reproduce what ComfyUI workflows need",
  examples: [
    { command: "comfydock demo", brief: "see it work, on sample data" },
    {
      command: 'comfydock registry lookup "Power Lora Loader (rgthree)"',
      brief: "who provides this node?",
    },
    { command: "comfydock version", brief: "which version is this?" },
    { command: "comfydock completion bash --help", brief: "help of one command" },
  ],
  commands: [
    demoDefinition,
    ...workspaceCommands,
    ...environmentCommands,
    ...careCommands,
    ...sharingCommands,
    ...bundleCommands,
    adoptDefinition,
    ...runCommands,
    ...shellCommands,
    summaryDefinition,
  ],
  groups: [
    ...workspaceGroups,
    pyGroup,
    constraintGroup,
    torchGroup,
    remoteGroup,
    nodeGroup,
    modelGroup,
    workflowGroup,
    bundleGroup,
    registryGroup,
    templatesGroup,
    selfGroup,
  ],
};
