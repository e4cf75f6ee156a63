import { ComfydockError, parseJsonText } from "../../base/mod.ts";
import {
  analyzeWorkflow,
  readLoaderTable,
  readWorkflow,
  type WorkflowDependencies,
} from "../../workflows/mod.ts";
import type { JsonValue } from "../../workflows/json/mod.ts";
import { templateErrors } from "../errors.ts";
import { isRecord } from "../repository/mod.ts";

/** What the makers of a template say of it. */
export interface TemplateDraft {
  readonly id: string;
  /** JSON of the editor's format, as it shall stand in the file. */
  readonly workflow: string;
  /** In the order of their numbers; all of one extension. */
  readonly thumbnails: readonly DraftThumbnail[];
  readonly title?: string;
  readonly description?: string;
  /** `image`, `video`, `audio` or `3d`. */
  readonly mediaType: string;
  readonly variant?: string;
  readonly tags: readonly string[];
  /** Names of models as people know them. */
  readonly models: readonly string[];
  /** Year, month, day. */
  readonly date: string;
  readonly tutorialUrl?: string;
  /** Default the one that its kind of media has. */
  readonly bundle?: string;
  /** Title or module name; default the first one of its kind of media. */
  readonly category?: string;
}

/** A picture, video or sound that shows what a template makes. */
export interface DraftThumbnail {
  readonly extension: string;
  readonly content: Uint8Array<ArrayBuffer>;
}

/** Ways of showing two pictures. */
const PAIRS: ReadonlySet<string> = new Set(["compareSlider", "hoverDissolve"]);
const CORE = "comfy-core";

/**
 * Makes the entry of a new template for the index: what was said, and what its workflow tells.
 *
 * @throws `WORKFLOW_INVALID`, `E_BAD_TEMPLATE`
 */
export async function entryOfDraft(
  draft: TemplateDraft,
): Promise<Readonly<Record<string, JsonValue>>> {
  const { id, thumbnails, variant } = draft;
  const workflow = readWorkflow(draft.workflow, `${id}.json`);
  if (workflow.format !== "ui") {
    throw badTemplate(id, "its workflow is in the API format", "Save it in the editor with Save");
  }
  const [first] = thumbnails;
  if (!first) throw badTemplate(id, "it has no thumbnail", "Name one with --thumbnail");
  const other = thumbnails.find(({ extension }) => extension !== first.extension);
  if (other) {
    const why = `its thumbnails are ${first.extension} and ${other.extension}`;
    throw badTemplate(id, why, "Convert them to one format");
  }
  if (variant !== undefined && PAIRS.has(variant) && thumbnails.length < 2) {
    throw badTemplate(id, `"${variant}" shows two thumbnails`, "Name --thumbnail twice");
  }
  const needs = analyzeWorkflow(workflow, await readLoaderTable());
  const isPartner = id.startsWith("api_") || draft.bundle === "media-api";
  const tags = isPartner && !draft.tags.includes("API") ? [...draft.tags, "API"] : draft.tags;
  const custom = customNodes(needs);
  const inputs = needs.inputs.map(({ value, place }) => ({
    nodeId: Number(place.id),
    nodeType: place.type,
    file: value,
  }));
  return {
    name: id,
    title: draft.title ?? titleOf(id),
    description: draft.description ?? titleOf(id),
    mediaType: draft.mediaType,
    mediaSubtype: first.extension,
    ...variant !== undefined && { thumbnailVariant: variant },
    ...draft.tutorialUrl !== undefined && { tutorialUrl: draft.tutorialUrl },
    ...tags.length > 0 && { tags },
    ...draft.models.length > 0 && { models: draft.models },
    date: draft.date,
    openSource: !isPartner,
    ...isApp(draft.workflow) && { isApp: true },
    ...custom.length > 0 && { requiresCustomNodes: custom },
    ...inputs.length > 0 && { io: { inputs } },
  };
}

/** The packs of the registry that a workflow needs besides ComfyUI. */
function customNodes({ nodes }: WorkflowDependencies): readonly string[] {
  const ids = nodes.flatMap(({ registryId }) => registryId === undefined ? [] : [registryId]);
  return [...new Set(ids)].filter((id) => id !== CORE).sort();
}

/** Whether the editor opens a workflow as an app. */
function isApp(text: string): boolean {
  const value = parseJsonText(text.replace(/^\ufeff/, ""), "$");
  return isRecord(value) && isRecord(value.extra) && value.extra.linearMode === true;
}

/** A name for people, such as `Flux fill` for `image_flux_fill`. */
function titleOf(id: string): string {
  const words = id.replace(/^(?:api|image|video|audio|3d|template|templates)[_-]/, "")
    .replaceAll(/[_-]+/g, " ").trim();
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

function badTemplate(id: string, why: string, hint: string): ComfydockError {
  return new ComfydockError(
    templateErrors.E_BAD_TEMPLATE,
    `Cannot add the template "${id}": ${why}`,
    { hint },
  );
}
