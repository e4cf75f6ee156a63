import { readAssetText, readRecord, readText } from "../base/mod.ts";
import { parseToml } from "../base/toml.ts";

/** Where the pipeline reads from when nothing else is said. */
export interface Sources {
  readonly registryUrl: string;
  readonly managerUrl: string;
}

/** Reads the shipped addresses. */
export async function readSources(): Promise<Sources> {
  const name = "config/sources.toml";
  const sources = readRecord(parseToml(await readAssetText(name), name), "$");
  const url = (table: string) =>
    readText(readRecord(sources[table], `$.${table}`).url, `$.${table}.url`);
  return { registryUrl: url("registry"), managerUrl: url("manager") };
}
