import { resolve } from "node:path";
import { alignColumns, type Outcome } from "../../../output/mod.ts";
import {
  credentialsFile,
  userConfigDirectory,
  userConfigFile,
  workspaceLayout,
} from "../../../workspace/mod.ts";
import type { CommandContext } from "../../types.ts";
import { type LayerInput, namedLayer, type WrittenLayer } from "./layers.ts";

/** What `config path` tells. */
export interface ConfigPathData {
  readonly user: string;
  readonly workspace: string;
  readonly credentials: string;
  /** The layer that was asked for. */
  readonly layer?: WrittenLayer;
}

/** Tells where settings and credentials are kept; the files need not exist. */
export function run(input: LayerInput, context: CommandContext): Promise<Outcome<ConfigPathData>> {
  const directory = userConfigDirectory(context.env);
  return Promise.resolve({
    data: {
      user: userConfigFile(directory),
      workspace: workspaceLayout(resolve(context.options.workspace)).workspaceFile,
      credentials: credentialsFile(directory),
      layer: namedLayer(input),
    },
  });
}

/** The one path, or all. */
export function view(data: ConfigPathData): string[] {
  const { user, workspace, credentials, layer } = data;
  if (layer) return [data[layer]];
  return alignColumns(Object.entries({ user, workspace, credentials }));
}
