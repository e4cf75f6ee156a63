import { createHash } from "node:crypto";
import type { Manifest } from "../../pyproject/mod.ts";

/** The SHA-256 of a text or of bytes, in hex. */
export function digestOf(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}

/**
 * A digest of all that a resolution depends on; notes about nodes, models and workflows are not among it.
 *
 * @param manifest The manifest.
 */
export function resolutionDigest({ tables }: Manifest): string {
  const tool = tables.tool as Readonly<Record<string, unknown>> | undefined;
  const parts = [
    tables.project,
    tables["dependency-groups"],
    tables["build-system"],
    tool?.uv,
  ];
  return digestOf(JSON.stringify(parts.map(canonical)));
}

/** A value whose tables have their keys in one order; what JSON cannot hold becomes text. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (value === undefined) return null;
  if (typeof value !== "object" || value === null || value instanceof Date) return String(value);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return entries.map(([key, inner]) => [key, canonical(inner)]);
}
