import { basename } from "node:path";
import {
  invalidData,
  type JsonRecord,
  optional,
  parseJsonBytes,
  readBoolean,
  readList,
  readNumber,
  readRecord,
  readText,
} from "../../base/mod.ts";
import {
  gitReference,
  isManagerSnapshot,
  parseFrozen,
  parseManagerSnapshot,
  type TakenPack,
  type TakenWorkflow,
  torchBackendOf,
} from "../../environment/takeover/mod.ts";
import { newKey } from "../../environment/models/mod.ts";
import type { ManifestModel, ModelSource } from "../../pyproject/mod.ts";
import { isObjectId } from "../../tools/mod.ts";
import { dropped, tellComfyUI } from "./findings.ts";
import type { ForeignDescription } from "./types.ts";

/** The files of a `.cpack.zip` that are read; nothing else of it is. */
export const COMFY_PACK_FILES: readonly string[] = [
  "snapshot.json",
  "workflow.json",
  "workflow_api.json",
  "requirements.txt",
];

const MOST = 5_000;

/**
 * Tells a pack of comfy-pack in our words (`snapshot.json` as its `package.py` reads it).
 *
 * @param files Those of {@linkcode COMFY_PACK_FILES} that are there.
 * @param further Paths of other files, which stay behind.
 * @param name Of the environment to be.
 * @throws `DATA_INVALID`
 */
export function describeComfyPack(
  files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>,
  further: readonly string[],
  name: string,
  named: string,
): ForeignDescription {
  const data = readRecord(
    parseJsonBytes(files.get("snapshot.json") ?? new Uint8Array(), `${named}: snapshot.json`),
    "$",
  );
  const commit = optional(data.comfyui, "$.comfyui", readText);
  const comfyui = commit !== undefined && isObjectId(commit) ? commit : undefined;
  const requirements = new TextDecoder().decode(files.get("requirements.txt"));
  const { packages, elsewhere } = parseFrozen(requirements.split(/\r?\n/));
  const noted = isManagerSnapshot(data) ? parseManagerSnapshot(data) : undefined;
  const packs = packsOf(data);
  const registry = (noted?.packs ?? []).filter(({ git }) => !git);
  const pins = packages.length > 0 ? packages : noted?.packages ?? [];
  return {
    kind: "comfy-pack",
    name,
    takeover: {
      named,
      comfyui: comfyui ?? "latest",
      python: versionOf(data.python),
      torchBackend: torchBackendOf(pins),
      packs: packs.length > 0 ? [...packs, ...registry] : noted?.packs ?? [],
      packages: pins,
      requirements: [],
      constraints: [],
      models: modelsOf(data),
      workflows: workflowsOf(files, name),
      findings: [
        tellComfyUI(comfyui),
        ...noted?.findings ?? [],
        ...elsewhere.map((subject) =>
          dropped(
            "packages",
            subject,
            "It was installed from a path or a repository, which is not followed",
          )
        ),
        ...further.length > 0
          ? [dropped("files", `${further.length} further files`, someOf(further))]
          : [],
      ],
    },
  };
}

function versionOf(value: unknown): string | undefined {
  return typeof value === "string" && /^3\.\d{1,2}(?:\.\d{1,3})?$/.test(value) ? value : undefined;
}

function packsOf({ custom_nodes: listed }: JsonRecord): readonly TakenPack[] {
  const at = "$.custom_nodes";
  const items = bounded(Array.isArray(listed) ? listed : [], at);
  return items.flatMap((item, index) => {
    const { url, commit_hash: hash, disabled } = readRecord(item, `${at}[${index}]`);
    const address = readText(url, `${at}[${index}].url`, 2_000).trim();
    // Its own tools pass over packs without an address, too.
    if (address === "") return [];
    const commit = typeof hash === "string" && isObjectId(hash.trim()) ? hash.trim() : undefined;
    return [{
      subject: gitReference(address, undefined),
      reference: gitReference(address, commit),
      git: true,
      enabled: !(optional(disabled, `${at}[${index}].disabled`, readBoolean) ?? false),
    }];
  });
}

function modelsOf({ models: listed }: JsonRecord): readonly ManifestModel[] {
  const at = "$.models";
  const keys: string[] = [];
  return bounded(optional(listed, at, readList) ?? [], at).map((item, index) => {
    const path = `${at}[${index}]`;
    const { filename, size, sha256, disabled, source } = readRecord(item, path);
    const localPath = readText(filename, `${path}.filename`, 1_024).replaceAll("\\", "/");
    const digest = optional(sha256, `${path}.sha256`, readText)?.toLowerCase();
    if (digest !== undefined && !/^[0-9a-f]{64}$/.test(digest)) {
      throw invalidData(`${path}.sha256`, "64 hex digits", sha256);
    }
    const key = newKey(keys, basename(localPath));
    keys.push(key);
    return {
      key,
      name: basename(localPath),
      sha256: digest,
      size: optional(size, `${path}.size`, readNumber),
      sources: sourcesOf(source),
      localPath,
      criticality: disabled === true ? "optional" : "required",
    };
  });
}

function sourcesOf(value: unknown): readonly ModelSource[] {
  const { source, repo, path, commit, download_url: download } =
    typeof value === "object" && value !== null ? value as JsonRecord : {};
  const isHub = source === "huggingface" && typeof repo === "string" && typeof path === "string" &&
    /^[\w.-]{1,100}\/[\w.-]{1,100}$/.test(repo);
  if (isHub) {
    const revision = typeof commit === "string" && isObjectId(commit) ? commit : undefined;
    return [{ type: "huggingface", repo, file: path, revision }];
  }
  return typeof download === "string" && /^https?:\/\/\S{1,2000}$/.test(download)
    ? [{ type: "url", url: download }]
    : [];
}

function workflowsOf(
  files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>,
  name: string,
): readonly TakenWorkflow[] {
  const content = files.get("workflow.json") ?? files.get("workflow_api.json");
  return content ? [{ file: `workflows/${name}.json`, content }] : [];
}

function bounded(items: readonly unknown[], at: string): readonly unknown[] {
  if (items.length > MOST) throw invalidData(at, `at most ${MOST} entries`, items);
  return items;
}

function someOf(paths: readonly string[]): string {
  const more = paths.length - 3;
  return `They stay behind: ${paths.slice(0, 3).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}
