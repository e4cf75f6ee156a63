import { baseErrors, ComfydockError, isKind } from "../../base/mod.ts";
import type { HttpClient } from "../types.ts";
import { findWrongDigest } from "./digests.ts";
import { digestWrong } from "./faults.ts";
import { PartFile } from "./part_file.ts";
import { Transfer } from "./transfer.ts";
import type { DownloadedFile, FileDownload } from "./types.ts";

/** Does what `downloadFile` says. */
export async function fetchFile(
  http: HttpClient,
  download: FileDownload,
): Promise<DownloadedFile> {
  const part = await PartFile.open(download);
  try {
    for (;;) {
      const transfer = new Transfer(part, download);
      await transfer.run(http);
      const { offset: size } = part.state;
      const digests = part.finishDigests();
      const wrong = findWrongDigest(download.expected ?? {}, digests);
      if (wrong === undefined) {
        await part.moveTo(download.target);
        const { url, name, kept } = transfer;
        return { path: download.target, size, digests, url, name, resumedFrom: kept };
      }
      if (transfer.kept === 0) {
        const aside = `${download.target}.wrong-${wrong.algorithm}-${wrong.found.slice(0, 12)}`;
        await part.moveTo(aside);
        throw digestWrong(transfer.url, wrong, aside);
      }
      // The start is from an earlier run, and the disk may have lost some of it since: all is fetched once more.
      await part.begin(undefined);
    }
  } catch (error) {
    const { offset, note } = part.state;
    const goesOn = isKind(error, baseErrors.INTERRUPTED) && note !== undefined && offset > 0;
    if (!goesOn) throw error;
    const details = { ...error.details, kept: offset };
    throw new ComfydockError(baseErrors.INTERRUPTED, error.message, {
      details,
      cause: error.cause,
    });
  } finally {
    part.close();
  }
}
