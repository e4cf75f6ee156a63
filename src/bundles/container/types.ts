import type { Manifest } from "../../pyproject/mod.ts";
import type { PlannedFile } from "../export_types.ts";

/** The kind of GPU that a container reaches. */
export type ContainerGpu = "none" | "nvidia" | "amd";

/** The image that a container is built on. */
export interface ContainerBase {
  /** With its tag or digest. */
  readonly image: string;
  readonly gpu: ContainerGpu;
}

/** What ships with comfydock about images; `config/container.toml`. */
export interface ContainerKnowledge {
  readonly uvImage: string;
  /** Packages of the system. */
  readonly packages: readonly string[];
  /** Further ones where something has to be built. */
  readonly buildPackages: readonly string[];
  readonly bases: readonly (ContainerBase & { readonly backends: RegExp })[];
}

/** Something from outside that a command sees while it runs and that does not stay in the image. */
export type Mount =
  | { readonly kind: "cache"; readonly target: string }
  /** A file of another stage. */
  | {
    readonly kind: "bind";
    readonly stage: string;
    readonly source: string;
    readonly target: string;
  }
  /** Optional: what is not given is not there. */
  | { readonly kind: "secret"; readonly id: string; readonly target: string };

/** One step of the way from a base image to a container; the Dockerfile is these, written down. */
export type Step =
  | { readonly kind: "from"; readonly image: string; readonly name?: string }
  | { readonly kind: "env"; readonly variables: Readonly<Record<string, string>> }
  | { readonly kind: "workdir"; readonly path: string }
  | {
    readonly kind: "copy";
    /** The stage that it comes from; else the directory of the Dockerfile. */
    readonly stage?: string;
    readonly sources: readonly string[];
    /** Ends with a slash where it is a directory. */
    readonly target: string;
  }
  | {
    readonly kind: "add";
    readonly url: string;
    readonly sha256: string;
    readonly target: string;
  }
  | {
    readonly kind: "run";
    /** `machine` makes the system that the environment is put on. */
    readonly on: "machine" | "environment";
    /** Lines for `sh`, each of which has to succeed. */
    readonly lines: readonly string[];
    readonly mounts?: readonly Mount[];
    /** Rules of hadolint that it breaks, and why. */
    readonly except?: Readonly<Record<string, string>>;
  }
  | { readonly kind: "user"; readonly user: string }
  | { readonly kind: "expose"; readonly port: number }
  | { readonly kind: "healthcheck"; readonly command: readonly string[] }
  | { readonly kind: "entrypoint"; readonly command: readonly string[] }
  | { readonly kind: "cmd"; readonly command: readonly string[] };

/** A step, and what it is for. */
export type ContainerStep = Step & { readonly comment?: string };

/** A model that the container can fetch when it starts. */
export interface FetchedModel {
  readonly key: string;
  /** Below ComfyUI's `models`, with forward slashes. */
  readonly path: string;
  /** In hex. */
  readonly sha256: string;
  /** In bytes. */
  readonly size?: number;
  readonly required: boolean;
  readonly sources: readonly {
    readonly url: string;
    /** Whose token it may need. */
    readonly service?: "huggingface" | "civitai";
  }[];
}

/** What is known of an environment that a container is made for. */
export interface ContainerFacts {
  readonly name: string;
  /** As it goes into the image. */
  readonly manifest: Manifest;
  readonly lockText: string;
  /** Address of ComfyUI's repository. */
  readonly comfyui: string;
  readonly base: ContainerBase;
  /** The image of uv, with its tag. */
  readonly uvImage: string;
  /** Packages of the system. */
  readonly packages: readonly string[];
  /** The ids of node packs whose files are packed beside the Dockerfile. */
  readonly packed: ReadonlySet<string>;
  readonly hasWorkflows: boolean;
  readonly models: readonly FetchedModel[];
  /** Where in the image everything lies; absolute. */
  readonly root: string;
}

/** What a container export will write. */
export interface ContainerPlan {
  readonly name: string;
  readonly base: ContainerBase;
  readonly steps: readonly ContainerStep[];
  /** In the order of their paths. */
  readonly files: readonly PlannedFile[];
  /** Node packs that are packed, by id. */
  readonly packed: readonly string[];
  /** Node packs that the build fetches at their pins, by id. */
  readonly fetched: readonly string[];
  /** Models that can be fetched when it starts, by key. */
  readonly models: readonly string[];
  /** What whoever builds it has to know: one sentence each, without a full stop. */
  readonly notes: readonly string[];
}
