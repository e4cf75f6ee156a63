import { createHash } from "node:crypto";
import type { DownloadDigest, FileDownload } from "./types.ts";

/** The digests of one file, computed as its bytes come. */
export interface FileDigests {
  update(bytes: Uint8Array): void;
  /** In hex by algorithm; ends them. */
  finish(): Readonly<Record<string, string>>;
}

/**
 * Starts the digests that a download asks for or expects.
 *
 * @throws `Error` of the runtime for an algorithm that has neither a factory nor a place in `node:crypto`
 */
export function startDigests({ digests = {}, expected = {} }: FileDownload): FileDigests {
  const algorithms = [...new Set([...Object.keys(digests), ...Object.keys(expected)])];
  const running = algorithms.map((algorithm) =>
    [algorithm, startDigest(algorithm, digests[algorithm])] as const
  );
  return {
    update: (bytes) => {
      for (const [, digest] of running) digest.update(bytes);
    },
    finish: () => Object.fromEntries(running.map(([name, digest]) => [name, digest.finish()])),
  };
}

function startDigest(
  algorithm: string,
  start: true | (() => DownloadDigest) | undefined,
): DownloadDigest {
  if (typeof start === "function") return start();
  const hash = createHash(algorithm);
  return { update: (bytes) => void hash.update(bytes), finish: () => hash.digest("hex") };
}

/** A digest that does not hold. */
export interface WrongDigest {
  readonly algorithm: string;
  readonly expected: string;
  readonly found: string;
}

/** Finds the first digest that is not as expected. */
export function findWrongDigest(
  expected: Readonly<Record<string, string>>,
  found: Readonly<Record<string, string>>,
): WrongDigest | undefined {
  for (const [algorithm, wanted] of Object.entries(expected)) {
    const computed = found[algorithm] ?? "";
    if (computed.toLowerCase() !== wanted.toLowerCase()) {
      return { algorithm, expected: wanted, found: computed };
    }
  }
  return undefined;
}
