/**
 * A repository of templates to look at: a report, a gallery, pages of documentation, lists for others to read.
 *
 * @example
 * ```ts
 * import { openDigests } from "../digests/mod.ts";
 * import { readCheckFacts } from "../checks/mod.ts";
 * import { openRepository, workingFiles } from "../repository/mod.ts";
 * import { buildTemplateReport, renderTemplateReport } from "./mod.ts";
 *
 * const digests = await openDigests("/repository");
 * const facts = await readCheckFacts(await openRepository(workingFiles("/repository")), digests);
 * const report = await buildTemplateReport(facts, digests, { findings: [] });
 * const page = renderTemplateReport(report, { thumbnail: (name) => `templates/${name}` });
 * ```
 *
 * @module
 */
export { type CdnFile, type CdnManifest, cdnManifest } from "./cdn_manifest.ts";
export { type GalleryEntry, galleryOf } from "./gallery.ts";
export { previewHandler, type PreviewSource } from "./preview.ts";
export {
  type FileAddress,
  renderGallery,
  renderTemplateReport,
  type TemplatePageOptions,
} from "./render.ts";
export { type SplitFile, splitIndex } from "./split_index.ts";
export { type DocumentationPage, templatePages } from "./template_pages.ts";
export {
  buildTemplateReport,
  type Coverage,
  type DeadLink,
  type ReportInput,
  type TemplateReport,
} from "./value.ts";
