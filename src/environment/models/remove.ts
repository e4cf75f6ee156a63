import { readTextBounded } from "../../base/mod.ts";
import {
  editManifest,
  type Manifest,
  MAX_MANIFEST_BYTES,
  readManifest,
  removeModel,
} from "../../pyproject/mod.ts";
import { environmentLayout, listEnvironments } from "../../workspace/reading/mod.ts";
import type { EnvironmentState, EnvironmentWorld } from "../types.ts";
import { changeModels, type ModelChangeReport, type ModelDecision } from "./change.ts";
import { findEntry, plainPath } from "./entries.ts";
import { modelPath, statModel } from "./places.ts";

/** The manifest of another environment; without one where it cannot be read. */
export interface OtherManifest {
  readonly environment: string;
  readonly manifest?: Pick<Manifest, "models">;
}

/** A file that stays, and the environments that need it or may. */
export interface KeptFile {
  readonly path: string;
  readonly neededBy: readonly string[];
}

/** What becomes of the manifest, and of the files. */
export interface RemoveDecision extends ModelDecision {
  /** Keys. */
  readonly removed: readonly string[];
  readonly trash: readonly string[];
  readonly kept: readonly KeptFile[];
}

/** Models that `model remove` names. */
export interface RemoveRequest {
  /** By key, name, file name or digest. */
  readonly names: readonly string[];
  /** Their files go to the trash, unless another environment needs them. */
  readonly file: boolean;
  readonly dryRun: boolean;
}

/**
 * Decides how models leave the manifest, and which of their files nobody needs any more.
 *
 * @param others Manifests of the other environments; one that cannot be read may need everything.
 * @param models Absolute path of the directory of models.
 * @param path The manifest's path, for messages.
 * @throws `MODEL_NOT_LISTED`, `MODEL_AMBIGUOUS`
 */
export function planRemove(
  { manifest, manifestText }: Pick<EnvironmentState, "manifest" | "manifestText">,
  { names, file }: Pick<RemoveRequest, "names" | "file">,
  { others, models, path, own }: {
    readonly others: readonly OtherManifest[];
    readonly models: string;
    readonly path: string;
    readonly own: string;
  },
): RemoveDecision {
  const removed = [...new Set(names.map((name) => findEntry(manifest, name)))];
  const keys = removed.map(({ key }) => key);
  const left = Object.values(manifest.models).filter(({ key }) => !keys.includes(key));
  const all = [...others, {
    environment: own,
    manifest: {
      models: Object.fromEntries(
        left.map((model) => [model.key, model]),
      ),
    },
  }];
  const trash: string[] = [];
  const kept: KeptFile[] = [];
  for (const { localPath } of file ? removed : []) {
    const target = localPath === undefined ? undefined : modelPath(models, localPath);
    if (target === undefined || localPath === undefined) continue;
    const neededBy = all.filter((other) => mayNeed(other, plainPath(localPath)))
      .map(({ environment }) => environment);
    if (neededBy.length > 0) kept.push({ path: target, neededBy });
    else trash.push(target);
  }
  return {
    manifestText: editManifest(manifestText, keys.map(removeModel), path),
    message: `Remove model ${keys.join(", ")}`,
    removed: keys,
    trash,
    kept,
  };
}

// Some file systems do not tell capitals apart.
function mayNeed({ manifest }: OtherManifest, path: string): boolean {
  if (manifest === undefined) return true;
  return Object.values(manifest.models).some(({ localPath }) =>
    localPath !== undefined && plainPath(localPath).toLowerCase() === path.toLowerCase()
  );
}

/**
 * Takes models from the manifest, and with `file` their files to the trash.
 *
 * @throws `MODEL_NOT_LISTED`, `MODEL_AMBIGUOUS`, `LOCKED`
 */
export async function removeModels(
  world: EnvironmentWorld,
  request: RemoveRequest,
): Promise<ModelChangeReport<RemoveDecision>> {
  const { models, environment } = world;
  return await changeModels(world, {
    command: "model remove",
    dryRun: request.dryRun,
    decide: async (state) => {
      const others = request.file ? await readOthers(world) : [];
      const facts = { others, models, path: environment.manifest, own: environment.name };
      const decision = planRemove(state, request, facts);
      return { ...decision, trash: await thoseThere(decision.trash) };
    },
  });
}

async function thoseThere(paths: readonly string[]): Promise<readonly string[]> {
  const found = await Promise.all(
    paths.map(async (path) => [path, await statModel(path)] as const),
  );
  return found.filter(([, info]) => info?.isFile).map(([path]) => path);
}

async function readOthers(
  { workspace, environment }: EnvironmentWorld,
): Promise<readonly OtherManifest[]> {
  const names = (await listEnvironments(workspace)).filter((name) => name !== environment.name);
  return await Promise.all(names.map(async (name) => {
    const { manifest: path } = environmentLayout(workspace, name);
    try {
      const text = await readTextBounded(path, MAX_MANIFEST_BYTES);
      return { environment: name, manifest: readManifest(text, path) };
    } catch {
      // It may need any file, so none goes; the decision names it.
      return { environment: name };
    }
  }));
}
