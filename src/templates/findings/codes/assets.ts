import type { FindingFacts } from "../facts.ts";

/** Codes of faults of thumbnails and other files beside the workflows. */
export type AssetCode =
  | "E_NO_THUMBNAIL"
  | "E_THUMBNAIL_GAP"
  | "E_THUMBNAIL_TYPE"
  | "E_CONTENT_TYPE"
  | "W_ORPHAN_MEDIA"
  | "W_DUPLICATE_FILE"
  | "E_DUPLICATE_THUMBNAIL"
  | "W_SIMILAR_THUMBNAIL"
  | "E_SIMILAR_THUMBNAIL"
  | "W_BROKEN_PICTURE"
  | "W_LARGE_FILE"
  | "E_LARGE_FILE"
  | "E_INPUT_MISSING"
  | "E_NOT_PUBLISHED"
  | "E_NOT_LOADABLE";

/** Faults of thumbnails and other files beside the workflows. */
export const assetCodes: Readonly<Record<AssetCode, FindingFacts>> = {
  E_NO_THUMBNAIL: {
    area: "assets",
    severity: "error",
    meaning: "A template of the index lacks a thumbnail",
  },
  E_THUMBNAIL_GAP: {
    area: "assets",
    severity: "error",
    meaning: "Numbers of thumbnails leave one out, so that what follows is never shown",
  },
  E_THUMBNAIL_TYPE: {
    area: "assets",
    severity: "error",
    meaning: "A thumbnail has another extension than its entry says",
  },
  E_CONTENT_TYPE: {
    area: "assets",
    severity: "error",
    meaning: "A file's first bytes say that it is something else than its extension",
  },
  W_ORPHAN_MEDIA: {
    area: "assets",
    severity: "warning",
    meaning: "A file beside the workflows belongs to no template",
  },
  W_DUPLICATE_FILE: {
    area: "duplicates",
    severity: "warning",
    meaning: "Files of several templates have the same content",
    hint: "Make a picture of its own for each template",
  },
  E_DUPLICATE_THUMBNAIL: {
    area: "duplicates",
    severity: "error",
    meaning: "A thumbnail that changed is the same file as that of another template",
    hint: "Make a picture of its own for each template",
  },
  W_SIMILAR_THUMBNAIL: {
    area: "duplicates",
    severity: "warning",
    meaning: "Thumbnails of two templates look alike",
    hint: "Make a picture of its own for each template",
  },
  E_SIMILAR_THUMBNAIL: {
    area: "duplicates",
    severity: "error",
    meaning: "A thumbnail that changed looks like that of another template",
    hint: "Make a picture of its own for each template",
  },
  W_BROKEN_PICTURE: {
    area: "duplicates",
    severity: "warning",
    meaning: "A thumbnail cannot be decoded, so that nobody knows what it looks like",
    hint: "Export the picture again",
  },
  W_LARGE_FILE: {
    area: "assets",
    severity: "warning",
    meaning: "A file is large",
    hint: "Compress it; `comfydock templates size` estimates what that saves",
  },
  E_LARGE_FILE: {
    area: "assets",
    severity: "error",
    meaning: "A file alone is larger than the index accepts for a package",
    hint: "Compress it, or leave it out",
  },
  E_INPUT_MISSING: {
    area: "assets",
    severity: "error",
    meaning: "An input file that a template uses is not there",
  },
  E_NOT_PUBLISHED: {
    area: "assets",
    severity: "error",
    meaning: "A file that the index shows is not in the list of published files",
  },
  E_NOT_LOADABLE: {
    area: "load",
    severity: "error",
    meaning: "A file of the manifest is not in the package that must ship it",
    hint: "Run `comfydock templates sync`",
  },
};
