/**
 * The one way out to the network: repeats what fails in passing, keeps to the pace that a host allows, and bounds every
 * answer in size and time.
 *
 * @example
 * ```ts
 * import { createHttpClient, sendJson } from "./mod.ts";
 *
 * const http = createHttpClient({ rate: 8, requestBudget: 100 });
 * const { value } = await sendJson(http, { url: "https://api.comfy.org/nodes?limit=1" });
 * ```
 *
 * @module
 */
export { createHttpClient, type HttpClientOptions } from "./client.ts";
export {
  cleanFileName,
  dispositionFileName,
  type DownloadDigest,
  type DownloadedFile,
  downloadErrors,
  downloadFile,
  type FileDownload,
} from "./download/mod.ts";
export { httpErrors } from "./errors.ts";
export { type JsonAnswer, sendJson } from "./json.ts";
export type {
  HttpClient,
  HttpRequest,
  HttpResponse,
  OpenAnswer,
  Received,
  Streaming,
} from "./types.ts";
