import type { ComfyUISource } from "../../comfyui/mod.ts";
import type { ManifestModel, TorchIndex } from "../../pyproject/mod.ts";
import type { ResolveNode } from "../nodes/mod.ts";

/**
 * How much is known of something that is taken over: `exact` comes out as it was, `guessed` most likely, of `unknown`
 * nothing says what it was, and `dropped` stays behind.
 */
export type Certainty = "exact" | "guessed" | "unknown" | "dropped";

/** What a finding is about. */
export type TakeoverPart =
  | "comfyui"
  | "python"
  | "torch"
  | "packages"
  | "nodes"
  | "models"
  | "workflows"
  | "files";

/** What became, or will become, of one thing. */
export interface TakeoverFinding {
  readonly part: TakeoverPart;
  readonly certainty: Certainty;
  /** Such as the name of a pack. */
  readonly subject: string;
  /** One sentence without a full stop. */
  readonly message: string;
}

/** A node pack of another install. */
export interface TakenPack {
  /** What people know it by. */
  readonly subject: string;
  /** How it is named to get the same again, such as `id@1.0.0` or `https://…@COMMIT`; absent where nobody says. */
  readonly reference?: string;
  /** Whether the reference is of a repository, even if the registry has the pack. */
  readonly git?: boolean;
  /** The branch that it was on. */
  readonly ref?: string;
  /** Absolute path of its files on this machine; what they are is what is taken over. */
  readonly files?: string;
  /** Below `custom_nodes`; default what the pack itself says. */
  readonly directory?: string;
  readonly enabled: boolean;
}

/** A Python package of another install. */
export interface TakenPackage {
  readonly name: string;
  readonly version: string;
  /** Whether somebody asked for it by name; absent where nobody says. */
  readonly requested?: boolean;
}

/** A workflow of another install. */
export interface TakenWorkflow {
  /** Below `.cec`, with forward slashes. */
  readonly file: string;
  readonly content: Uint8Array<ArrayBuffer>;
}

/** All that is known of another install, or of the file that describes one. */
export interface Takeover {
  /** What messages call it. */
  readonly named: string;
  /** A release, a branch, a full commit, or `latest`. */
  readonly comfyui: string;
  /** Such as `3.12`. */
  readonly python?: string;
  /** `cpu`, `cuNNN`, `rocmX.Y`, `xpu`, `none`. */
  readonly torchBackend?: string;
  readonly packs: readonly TakenPack[];
  readonly packages: readonly TakenPackage[];
  /** Further requirements (PEP 508), beside those of ComfyUI and the packs. */
  readonly requirements: readonly string[];
  readonly constraints: readonly string[];
  /** Which pack provides a class of nodes, as people decided; `false` where a workflow can do without. */
  readonly choices?: ReadonlyMap<string, string | false>;
  readonly models: readonly ManifestModel[];
  readonly workflows: readonly TakenWorkflow[];
  readonly findings: readonly TakeoverFinding[];
}

/** What a takeover is completed with. */
export interface TakeoverTools {
  /** Of the new environment. */
  readonly name: string;
  /** The command, for whoever must wait. */
  readonly command: string;
  /** Where ComfyUI comes from. */
  readonly comfyui: ComfyUISource;
  /** A version of Python that was asked for; one that ComfyUI does not support is refused. */
  readonly python?: string;
  readonly resolve: ResolveNode;
  /** The build of PyTorch that suits this machine; asked where nothing says which there was. */
  readonly detectTorch: () => Promise<string>;
  /** Where builds of PyTorch come from; default its own index. */
  readonly torchIndex?: TorchIndex;
}
