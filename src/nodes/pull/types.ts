import type { Reporter } from "../../base/mod.ts";
import type { HttpClient } from "../../http/mod.ts";

/** What is pulled, and from where. */
export interface PullRequest {
  /** URLs, files or directories of published mappings; the first that has them whole counts. */
  readonly sources: readonly string[];
  /** Where they go; `.gz` and `.zst` are packed. */
  readonly target: string;
  /** The SHA-256 in hex that the published file must have. */
  readonly sha256?: string;
  readonly http: HttpClient;
  readonly report: Reporter;
  readonly signal?: AbortSignal;
}

/** What a pull came to. */
export interface Pulled {
  /** False when the place said that the file has not changed. */
  readonly changed: boolean;
  /** Where it came from, without secrets. */
  readonly source: string;
  /** The SHA-256 of the published file in hex. */
  readonly sha256: string;
  /** What vouches for it: the digest that was asked for, that of a `.sha256` beside it, or nothing. */
  readonly verified: "given" | "published" | "none";
  /** When the data was made, RFC 3339 UTC. */
  readonly generated_at: string;
  readonly packages: number;
  readonly signatures: number;
}
