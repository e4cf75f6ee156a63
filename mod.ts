/**
 * comfydock as a library: the components as classes, and one namespace for each room, with everything that it offers.
 *
 * @example
 * ```ts
 * import { ConfigManager, WorkspaceManager } from "./mod.ts";
 *
 * const workspace = await WorkspaceManager.create(await Deno.makeTempDir());
 * await new ConfigManager(workspace).setWorkspaceConfig("torch_backend", "cpu");
 * console.assert(await workspace.getActiveEnvironment() === undefined);
 * ```
 *
 * @example The functions below the components
 * ```ts
 * import { base } from "./mod.ts";
 *
 * const path = `${await Deno.makeTempDir()}/notes.txt`;
 * await base.writeFileAtomic(path, "readers see the old content or the new, never a part");
 * ```
 *
 * @module
 */
import * as library from "./src/library/mod.ts";

/** Installs of ComfyUI that grew elsewhere, read and made again. */
export * as adoption from "./src/adoption/mod.ts";
/** Safe reading of zip and tar; tar is written, too. */
export * as archive from "./src/archive/mod.ts";
/** Errors, events, signals, bounded concurrency, atomic files, shipped files. */
export * as base from "./src/base/mod.ts";
/** The branches of an environment: listed, made, deleted, switched to. */
export * as branches from "./src/environment/branches/mod.ts";
/** Environments in one file, and made again from files, directories and git. */
export * as bundles from "./src/bundles/mod.ts";
/** ComfyUI itself: versions, mirrors, working copies, what a checkout needs. */
export * as comfyui from "./src/comfyui/mod.ts";
/** The files from which an environment is built into a container. */
export * as containers from "./src/bundles/container/mod.ts";
/** One environment: state, changes, packages, history. */
export * as environment from "./src/environment/mod.ts";
/** The models of one environment: added, fetched, let go of. */
export * as environmentModels from "./src/environment/models/mod.ts";
/** The node packs of one environment: added, updated, removed, searched for a faulty one. */
export * as environmentNodes from "./src/environment/nodes/mod.ts";
/** The workflows of one environment: tracked, and brought together with ComfyUI's copies. */
export * as environmentWorkflows from "./src/environment/workflows/mod.ts";
/** The one way out to the network. */
export * as http from "./src/http/mod.ts";
/** The components as classes, with the types of their options. */
export { library };
/** Node signatures, `node_mappings.json`, ranking and lookup. */
export * as mappings from "./src/mappings/mod.ts";
/** Histories of environments brought together, by the keys of the manifest and by whole files. */
export * as merges from "./src/environment/merge/mod.ts";
/** Models: digests of their files, formats, sources. */
export * as models from "./src/models/mod.ts";
/** Node packs: how they are named, fetched, kept and fitted together. */
export * as nodes from "./src/nodes/mod.ts";
/** Self-contained pages, and the pictures in them. */
export * as pages from "./src/pages/mod.ts";
/** Validation, snapshots, statistics, differences, search and the report. */
export * as pipeline from "./src/pipeline/mod.ts";
/** Edits of TOML and of an environment's manifest that keep its form. */
export * as pyproject from "./src/pyproject/mod.ts";
/** The registry's client, the crawl and the cache. */
export * as registry from "./src/registry/mod.ts";
/** Repositories elsewhere that an environment is pushed to and pulled from. */
export * as remotes from "./src/environment/remotes/mod.ts";
/** What work is done with, and places opened with the settings that hold there. */
export * as session from "./src/session/mod.ts";
/** Repositories of workflow templates, and the Python packages that they are released as. */
export * as templates from "./src/templates/mod.ts";
/** Other programs: command lines as values, one runner, git, uv. */
export * as tools from "./src/tools/mod.ts";
/** The build of PyTorch that suits a machine. */
export * as torch from "./src/torch/mod.ts";
/** Workflows: formats, what they need, differences, edits that keep their form. */
export * as workflows from "./src/workflows/mod.ts";
/** A workspace: layout, locks, trash, journal. */
export * as workspace from "./src/workspace/mod.ts";

// `deno doc --lint` counts what a namespace exports as public, so that each is typed as a member of one.

/** Environments and workflows in one file. Documented as {@linkcode library.BundleManager}. */
export const BundleManager: (typeof library)["BundleManager"] = library.BundleManager;
/** Environments and workflows in one file. Documented as {@linkcode library.BundleManager}. */
export type BundleManager = library.BundleManager;

/** Settings and tokens. Documented as {@linkcode library.ConfigManager}. */
export const ConfigManager: (typeof library)["ConfigManager"] = library.ConfigManager;
/** Settings and tokens. Documented as {@linkcode library.ConfigManager}. */
export type ConfigManager = library.ConfigManager;

/** One environment. Documented as {@linkcode library.Environment}. */
export const Environment: (typeof library)["Environment"] = library.Environment;
/** One environment. Documented as {@linkcode library.Environment}. */
export type Environment = library.Environment;

/** Models on disk, known ones, and those that workflows name. Documented as {@linkcode library.ModelIndex}. */
export const ModelIndex: (typeof library)["ModelIndex"] = library.ModelIndex;
/** Models on disk, known ones, and those that workflows name. Documented as {@linkcode library.ModelIndex}. */
export type ModelIndex = library.ModelIndex;

/** Node packs, looked up and fetched. Documented as {@linkcode library.NodeRegistry}. */
export const NodeRegistry: (typeof library)["NodeRegistry"] = library.NodeRegistry;
/** Node packs, looked up and fetched. Documented as {@linkcode library.NodeRegistry}. */
export type NodeRegistry = library.NodeRegistry;

/** The manifest of an environment. Documented as {@linkcode library.PyprojectManager}. */
export const PyprojectManager: (typeof library)["PyprojectManager"] = library.PyprojectManager;
/** The manifest of an environment. Documented as {@linkcode library.PyprojectManager}. */
export type PyprojectManager = library.PyprojectManager;

/** uv, as an environment uses it. Documented as {@linkcode library.UVInterface}. */
export const UVInterface: (typeof library)["UVInterface"] = library.UVInterface;
/** uv, as an environment uses it. Documented as {@linkcode library.UVInterface}. */
export type UVInterface = library.UVInterface;

/** The workflows of an environment. Documented as {@linkcode library.WorkflowManager}. */
export const WorkflowManager: (typeof library)["WorkflowManager"] = library.WorkflowManager;
/** The workflows of an environment. Documented as {@linkcode library.WorkflowManager}. */
export type WorkflowManager = library.WorkflowManager;

/** A workspace and its environments. Documented as {@linkcode library.WorkspaceManager}. */
export const WorkspaceManager: (typeof library)["WorkspaceManager"] = library.WorkspaceManager;
/** A workspace and its environments. Documented as {@linkcode library.WorkspaceManager}. */
export type WorkspaceManager = library.WorkspaceManager;
