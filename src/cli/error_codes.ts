import { adoptionErrors } from "../adoption/mod.ts";
import { archiveErrors } from "../archive/mod.ts";
import { baseErrors, type ErrorKind } from "../base/mod.ts";
import { bundleErrors } from "../bundles/mod.ts";
import { containerErrors } from "../bundles/container/mod.ts";
import { comfyuiErrors } from "../comfyui/mod.ts";
import { distributionErrors } from "../distribution/mod.ts";
import { runErrors } from "../environment/run/mod.ts";
import { workflowChangeErrors } from "../environment/workflows/mod.ts";
import { environmentErrors } from "../environment/world/mod.ts";
import { branchErrors } from "../environment/branches/mod.ts";
import { mergeErrors } from "../environment/merge/mod.ts";
import { nodeChangeErrors } from "../environment/nodes/mod.ts";
import { remoteErrors } from "../environment/remotes/mod.ts";
import { downloadErrors, httpErrors } from "../http/mod.ts";
import { mappingErrors } from "../mappings/mod.ts";
import { nodeErrors, referenceErrors, storeErrors } from "../nodes/mod.ts";
import { modelErrors } from "../models/mod.ts";
import { outputErrors } from "../output/mod.ts";
import { pipelineErrors } from "../pipeline/mod.ts";
import { pyprojectErrors } from "../pyproject/mod.ts";
import { registryErrors } from "../registry/mod.ts";
import { templateErrors } from "../templates/mod.ts";
import { toolErrors } from "../tools/mod.ts";
import { torchErrors } from "../torch/mod.ts";
import { workflowErrors } from "../workflows/mod.ts";
import { workspaceErrors } from "../workspace/reading/mod.ts";
import { cliErrors } from "./errors.ts";

/** Every error code that a command can end with, by the room that throws it; the reference is made from this. */
export const errorCatalogues: Readonly<Record<string, Readonly<Record<string, ErrorKind>>>> = {
  adoption: adoptionErrors,
  archive: archiveErrors,
  base: baseErrors,
  bundles: { ...bundleErrors, ...containerErrors },
  cli: cliErrors,
  comfyui: comfyuiErrors,
  distribution: distributionErrors,
  environment: {
    ...environmentErrors,
    ...branchErrors,
    ...mergeErrors,
    ...nodeChangeErrors,
    ...remoteErrors,
    ...runErrors,
    ...workflowChangeErrors,
  },
  http: { ...httpErrors, ...downloadErrors },
  mappings: mappingErrors,
  nodes: { ...nodeErrors, ...referenceErrors, ...storeErrors },
  models: modelErrors,
  output: outputErrors,
  pipeline: pipelineErrors,
  pyproject: pyprojectErrors,
  registry: registryErrors,
  templates: templateErrors,
  tools: toolErrors,
  torch: torchErrors,
  workflows: workflowErrors,
  workspace: workspaceErrors,
};
