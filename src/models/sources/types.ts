import type { AnswerCache } from "../../http/answers/mod.ts";
import type { HttpClient } from "../../http/mod.ts";
import type { ModelSource } from "../../pyproject/mod.ts";
import type { CredentialService } from "../../workspace/mod.ts";

/** A service that models are kept at. */
export interface SourceHost {
  /** Where requests go: a URL without a slash at its end; a mirror takes the place of the shipped one. */
  readonly endpoint: string;
  /** Where its pages are for people, without a slash at the end. */
  readonly pages: string;
  /** Host names, with their port where one is given, whose URLs are understood. */
  readonly hosts: readonly string[];
  /** ComfyUI's folders by the service's own kinds of models, in lower case. */
  readonly folders: Readonly<Record<string, string>>;
}

/** The services that comfydock knows by name. */
export type SourceHosts = Readonly<Record<CredentialService, SourceHost>>;

/** Which of a CivitAI version's files is meant; all that is given must fit. */
export interface CivitaiChoice {
  /** File name or id. */
  readonly file?: string;
  /** Such as `Model`, `VAE`, `Training Data`. */
  readonly type?: string;
  /** Such as `SafeTensor`. */
  readonly format?: string;
  /** Such as `pruned`. */
  readonly size?: string;
  /** Such as `fp16`. */
  readonly fp?: string;
}

/** Where a model can be had, as people write it. */
export type WrittenSource =
  | { readonly kind: "path"; readonly path: string }
  | { readonly kind: "source"; readonly source: ModelSource; readonly choice?: CivitaiChoice }
  /** A repository, or a folder of one, at Hugging Face. */
  | {
    readonly kind: "repository";
    readonly repo: string;
    readonly revision?: string;
    readonly folder?: string;
  }
  /** A CivitAI model without a version: its newest. */
  | { readonly kind: "civitai-model"; readonly modelId: string };

/** What is known about a wanted file before its source is asked. */
export interface FileHints {
  /** In hex by algorithm. */
  readonly digests?: Readonly<Record<string, string>>;
  readonly name?: string;
}

/** A file at its source, ready to be fetched. */
export interface ResolvedFile {
  /** As the manifest keeps it, pinned to what was found. */
  readonly source: ModelSource;
  readonly url: string;
  /** Credentials among them are for the origin of `url` alone. */
  readonly headers: Readonly<Record<string, string>>;
  /** One path component; absent where only the answer to a download would tell. */
  readonly name?: string;
  /** ComfyUI's folder for it, as far as the source tells. */
  readonly folder?: string;
  /** In bytes. */
  readonly size?: number;
  /** In bytes, where the source tells it only roughly. */
  readonly roughSize?: number;
  /** In hex by algorithm, as the source publishes them. */
  readonly digests: Readonly<Record<string, string>>;
  /** Who is asked, where comfydock knows the service. */
  readonly service?: CredentialService;
  /** The page for people. */
  readonly page?: string;
}

/** What sources are asked with. */
export interface SourceWorld {
  readonly http: HttpClient;
  /** For questions whose answers may be kept; default `http`. */
  readonly api?: HttpClient;
  /** Where answers to many questions in one are kept; without it none is. */
  readonly answers?: AnswerCache;
  readonly hosts: SourceHosts;
  /** Secrets by service; each is sent to its own service only. */
  readonly tokens: Readonly<Partial<Record<CredentialService, string>>>;
  readonly signal?: AbortSignal;
}
