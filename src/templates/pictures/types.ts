/** A picture as colours. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** Red, green, blue and opacity of each pixel, line by line. */
  readonly data: ArrayLike<number>;
}

/** What stands for how a picture looks, or why nothing does. */
export type PictureHash =
  | { readonly kind: "hash"; readonly hash: string }
  /** Of one colour, so that there is nothing to compare. */
  | { readonly kind: "flat" }
  | { readonly kind: "broken"; readonly why: string };
