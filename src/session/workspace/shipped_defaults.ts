import { parseToml, readAssetText, readRecord, readText } from "../../base/mod.ts";
import type { Settings } from "../../workspace/mod.ts";

const SOURCES = "config/sources.toml";

/** The defaults that ship with comfydock as data: the addresses of `config/sources.toml`. */
export async function shippedDefaults(): Promise<Settings> {
  const sources = parseToml(await readAssetText(SOURCES), SOURCES);
  const url = (name: string) =>
    readText(readRecord(sources[name], `$.${name}`).url, `$.${name}.url`);
  return {
    comfyui_source: url("comfyui"),
    registry_url: url("registry"),
    manager_url: url("manager"),
  };
}
