import { extname } from "node:path";
import { ComfydockError, readBytesBounded } from "../../../base/mod.ts";
import { templateErrors } from "../../../templates/mod.ts";
import type { DraftThumbnail, TemplateDraft } from "../../../templates/edits/mod.ts";
import type { CommandContext, InputOf } from "../../types.ts";
import type { newOptions } from "./options.ts";

const MAX_THUMBNAIL_BYTES = 100 * 1024 ** 2;

/**
 * What options say of a new template.
 *
 * @throws `E_BAD_TEMPLATE` for a date that is none
 */
export function draftFacts(
  { options, args: [id = ""] }: Pick<InputOf<typeof newOptions>, "options" | "args">,
  { clock }: CommandContext,
): Omit<TemplateDraft, "workflow" | "thumbnails"> {
  const today = new Date(clock.now()).toISOString().slice(0, 10);
  const { title, description, mediaType, variant, tag, model, date = today } = options;
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date) || Number.isNaN(Date.parse(date))) {
    throw new ComfydockError(
      templateErrors.E_BAD_TEMPLATE,
      `Cannot add the template "${id}": "${date}" is no date`,
      { hint: `Write it as ${today}` },
    );
  }
  return {
    ...{ id, title, description, mediaType, variant, tags: tag, models: model, date },
    ...{ tutorialUrl: options.tutorial, bundle: options.bundle, category: options.category },
  };
}

/** Reads the files that are named as thumbnails. */
export async function readThumbnails(
  paths: readonly string[],
): Promise<readonly DraftThumbnail[]> {
  return await Promise.all(paths.map(async (path) => ({
    extension: extname(path).slice(1).toLowerCase(),
    content: await readBytesBounded(path, MAX_THUMBNAIL_BYTES),
  })));
}
