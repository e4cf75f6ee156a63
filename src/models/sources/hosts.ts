import {
  ComfydockError,
  optional,
  parseToml,
  readAssetText,
  readList,
  readRecord,
  readText,
} from "../../base/mod.ts";
import { modelErrors } from "../errors.ts";
import type { SourceHost, SourceHosts } from "./types.ts";

const SOURCES = "config/sources.toml";

/**
 * Reads where Hugging Face and CivitAI are: as shipped, or the mirrors that `HF_ENDPOINT` and `CIVITAI_ENDPOINT` name.
 *
 * @param env The environment variables of the process.
 * @throws `MODEL_SOURCE_INVALID` for a mirror that is no URL
 */
export async function readSourceHosts(
  env: Readonly<Record<string, string | undefined>>,
): Promise<SourceHosts> {
  const tables = parseToml(await readAssetText(SOURCES), SOURCES);
  return {
    huggingface: readHost(tables.huggingface, "huggingface", "HF_ENDPOINT", env),
    civitai: readHost(tables.civitai, "civitai", "CIVITAI_ENDPOINT", env),
  };
}

function readHost(
  value: unknown,
  name: string,
  variable: string,
  env: Readonly<Record<string, string | undefined>>,
): SourceHost {
  const table = readRecord(value, `$.${name}`);
  const pages = readText(table.url, `$.${name}.url`);
  const hosts = readList(table.hosts, `$.${name}.hosts`).map((host) => readText(host, "host"));
  const folders = Object.fromEntries(
    Object.entries(optional(table.folders, `$.${name}.folders`, readRecord) ?? {}).map((
      [kind, folder],
    ) => [kind.toLowerCase(), readText(folder, `$.${name}.folders.${kind}`)]),
  );
  const mirror = env[variable]?.trim().replace(/\/+$/, "");
  if (!mirror) return { endpoint: pages, pages, hosts, folders };
  if (!/^https?:$/.test(URL.canParse(mirror) ? new URL(mirror).protocol : "")) {
    throw new ComfydockError(
      modelErrors.MODEL_SOURCE_INVALID,
      `Cannot use ${variable} "${mirror}": not an http or https URL`,
      { hint: `Write it with its scheme, or unset ${variable}`, details: { variable } },
    );
  }
  return { endpoint: mirror, pages, hosts: [...hosts, new URL(mirror).host], folders };
}
