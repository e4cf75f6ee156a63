/** Bytes that are read where they are needed, such as a file of many gigabytes. */
export interface RandomAccess {
  readonly size: number;
  /** The bytes from an offset on; fewer at the end. */
  read(offset: number, length: number): Uint8Array<ArrayBuffer>;
}

/** A text by the name that the file gives it. */
export type Remark = readonly [name: string, text: string];

/** Lists the remarks that one kind of file holds. */
export type CarrierReader = (file: RandomAccess) => Iterable<Remark>;

/** Kinds of files that ComfyUI puts workflows into. */
export type CarrierKind = "png" | "webp" | "flac" | "mp4" | "webm";

/** The largest remark that is read, in bytes. */
export const MAX_REMARK_BYTES: number = 64 * 1024 ** 2;
