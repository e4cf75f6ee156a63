import type { HttpClient } from "../types.ts";
import type { DownloadedFile, FileDownload } from "./types.ts";

/**
 * Fetches a file to disk: goes on with what an earlier try left in the `.part` beside the target, repeats what fails in
 * passing, and renames only what has the expected length and digests.
 *
 * @throws `DOWNLOAD_LENGTH_WRONG`, `DOWNLOAD_DIGEST_WRONG` with the path of what was kept aside in `details.aside`,
 * `DOWNLOAD_NOT_A_FILE`, `DOWNLOAD_BUSY`, `HTTP_BODY_TOO_LARGE`, `FILE_UNWRITABLE`, `DISK_FULL`, and what
 * {@linkcode HttpClient.send} throws; `INTERRUPTED` has in `details.kept` how many bytes stay for the next try, if any
 */
export async function downloadFile(
  http: HttpClient,
  download: FileDownload,
): Promise<DownloadedFile> {
  // Digests and locks are loaded only here, because every command that may use the network would pay for them.
  const { fetchFile } = await import("./fetch_file.ts");
  return await fetchFile(http, download);
}
