/** A node class of one version, ready to be sent. */
export interface CorpusClass {
  readonly name: string;
  /** The record as JSON text. */
  readonly json: string;
}

/** One released version, ready to be sent. */
export interface CorpusVersion {
  readonly version: string;
  /** Such as `NodeVersionStatusActive`. */
  readonly status: string;
  /** The record as lists show it; its `downloadUrl` may be empty. */
  readonly listed: string;
  /** The record as the version's own address and the bulk endpoint show it. */
  readonly whole: string;
  /** Empty when the registry never read the classes; versions that share their classes share this list. */
  readonly classes: readonly CorpusClass[];
}

/** One package with its versions, ready to be sent. */
export interface CorpusPackage {
  readonly id: string;
  readonly name: string;
  /** Such as `NodeStatusActive`. */
  readonly status: string;
  readonly repository: string;
  /** When it was created, RFC 3339. */
  readonly createdAt: string;
  readonly downloads: number;
  readonly stars: number;
  /** The record as JSON text, with its `latest_version`. */
  readonly json: string;
  /** Newest first. */
  readonly versions: readonly CorpusVersion[];
}

/** All that a sample registry knows, in the order in which it lists packages by itself. */
export interface Corpus {
  readonly packages: readonly CorpusPackage[];
}

/** Answers a request; pure but for what the corpus holds. */
export type RequestHandler = (request: Request) => Response | Promise<Response>;
