import type { FindingFacts } from "../facts.ts";

/** Codes of faults of the manifest. */
export type ManifestCode =
  | "E_MANIFEST_ABSENT"
  | "E_MANIFEST_STALE"
  | "E_MANIFEST_MISSING"
  | "E_MANIFEST_EXTRA"
  | "E_MANIFEST_BUNDLE"
  | "E_WRONG_OWNER";

/** Faults of the manifest. */
export const manifestCodes: Readonly<Record<ManifestCode, FindingFacts>> = {
  E_MANIFEST_ABSENT: {
    area: "manifest",
    severity: "error",
    meaning: "The core package has no manifest",
    hint: "Run `comfydock templates sync`",
  },
  E_MANIFEST_STALE: {
    area: "manifest",
    severity: "error",
    meaning: "The manifest has another digest of a file than the file",
    hint: "Run `comfydock templates sync`",
  },
  E_MANIFEST_MISSING: {
    area: "manifest",
    severity: "error",
    meaning: "The manifest lacks a template or a file that packages ship",
    hint: "Run `comfydock templates sync`",
  },
  E_MANIFEST_EXTRA: {
    area: "manifest",
    severity: "error",
    meaning: "The manifest names a template or a file that packages do not ship",
    hint: "Run `comfydock templates sync`",
  },
  E_MANIFEST_BUNDLE: {
    area: "manifest",
    severity: "error",
    meaning: "The manifest has a template or a file in another bundle than bundles.json",
    hint: "Run `comfydock templates sync`",
  },
  E_WRONG_OWNER: {
    area: "manifest",
    severity: "error",
    meaning: "The manifest gives a file to a template whose id its name only begins with",
    hint: "Run `comfydock templates sync`",
  },
};
