/** A file that is fetched to disk; what a cut left behind is gone on with. */
export interface FileDownload {
  /** An http or https URL. */
  readonly url: string | URL;
  /** Absolute path of the finished file; its `.part` lies beside it until then. */
  readonly target: string;
  /** Credentials among them stay with the origin of `url`. */
  readonly headers?: Readonly<Record<string, string>>;
  /** The largest file accepted, in bytes. */
  readonly maxBytes: number;
  /** In bytes, when it is known beforehand. */
  readonly size?: number;
  /** Digests that must hold before the rename, in hex by algorithm. */
  readonly expected?: Readonly<Record<string, string>>;
  /** Digests computed on the way, by algorithm; `true` for what the runtime has itself, such as `sha256`. */
  readonly digests?: Readonly<Record<string, true | (() => DownloadDigest)>>;
  /** How long nothing may come, in milliseconds; default the client's. */
  readonly silenceMs?: number;
  /** Repetitions at most without getting further; default the client's. */
  readonly retries?: number;
  /** Called with the bytes still to come once they are known, before any is written; throws when there is no room. */
  checkSpace?(bytes: number): void | Promise<void>;
  /** Called as bytes arrive; `total` is absent while it is not known. */
  onBytes?(done: number, total?: number): void;
  /** Ends it with `INTERRUPTED`; what came stays for the next try. */
  readonly signal?: AbortSignal;
}

/** A digest that is fed as bytes come. */
export interface DownloadDigest {
  /** Takes the next bytes. */
  update(bytes: Uint8Array): void;
  /** In hex; ends it. */
  finish(): string;
}

/** A file that was fetched whole and is in its place. */
export interface DownloadedFile {
  /** Absolute: the target. */
  readonly path: string;
  /** In bytes. */
  readonly size: number;
  /** In hex by algorithm: those asked for and those expected. */
  readonly digests: Readonly<Record<string, string>>;
  /** Where the answer came from, after redirects. */
  readonly url: string;
  /** The name that the server gives the file, cleaned to one path component. */
  readonly name?: string;
  /** How many bytes an earlier try had left. */
  readonly resumedFrom: number;
}
