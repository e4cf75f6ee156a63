import { archiveErrors } from "../archive/mod.ts";
import { baseErrors, type ErrorKind } from "../base/mod.ts";
import { httpErrors } from "../http/mod.ts";
import { mappingErrors } from "../mappings/mod.ts";
import { outputErrors } from "../output/mod.ts";
import { pipelineErrors } from "../pipeline/mod.ts";
import { registryErrors } from "../registry/mod.ts";
import { cliErrors } from "./errors.ts";

/** Every error code that a command can end with, by the room that throws it; the reference is made from this. */
export const errorCatalogues: Readonly<Record<string, Readonly<Record<string, ErrorKind>>>> = {
  archive: archiveErrors,
  base: baseErrors,
  cli: cliErrors,
  http: httpErrors,
  mappings: mappingErrors,
  output: outputErrors,
  pipeline: pipelineErrors,
  registry: registryErrors,
};
