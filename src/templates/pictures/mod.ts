/**
 * How pictures look: hashed so that alike pictures have alike hashes, and compared.
 *
 * @example
 * ```ts
 * import { openDigests } from "../digests/mod.ts";
 * import { workingFiles } from "../repository/mod.ts";
 * import { hashPictures } from "./mod.ts";
 *
 * const digests = await openDigests("/repository");
 * const files = workingFiles("/repository");
 * const hashes = await hashPictures(files, digests, ["templates/default-1.webp"]);
 * console.log(hashes.get("templates/default-1.webp"));
 * ```
 *
 * @module
 */
export {
  type AlikePair,
  differenceHash,
  findAlike,
  HASH_BITS,
  USUAL_DISTANCE,
} from "./difference_hash.ts";
export { hashPictures } from "./hash_pictures.ts";
export type { PictureHash, Pixels } from "./types.ts";
