/**
 * Files fetched to disk, gone on with after a cut, checked before they get their name.
 *
 * @example
 * ```ts
 * import { createHttpClient } from "../mod.ts";
 * import { downloadFile } from "./mod.ts";
 *
 * const http = createHttpClient();
 * await downloadFile(http, { url: "https://example.com/a.zip", target: "/tmp/a.zip", maxBytes: 1e9 });
 * ```
 *
 * @module
 */
export { downloadFile } from "./download.ts";
export { downloadErrors } from "./errors.ts";
export { cleanFileName, dispositionFileName } from "./file_name.ts";
export type { DownloadDigest, DownloadedFile, FileDownload } from "./types.ts";
