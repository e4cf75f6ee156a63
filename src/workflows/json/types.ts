/** A value as JSON has it. */
export type JsonValue =
  | null
  | boolean
  | number
  | string
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue };

/** Keys and indexes from the root, such as `["nodes", 3, "widgets_values", 0]`. */
export type JsonPath = readonly (string | number)[];

/** A change of one place of a JSON text. */
export interface JsonEdit {
  /** A member that is not there yet is added to its object, or to the end of its list. */
  readonly path: JsonPath;
  /** `undefined` takes the member away. */
  readonly value: JsonValue | undefined;
  /** A list gets the value before the item at this place, instead of in its stead. */
  readonly insert?: boolean;
}

/** A member of an object or a list, by its offsets in the text. */
export interface JsonMember {
  readonly key: string | number;
  /** Where the key begins, or the value of a list. */
  readonly start: number;
  readonly valueStart: number;
  readonly end: number;
}

/** An object or a list, by its offsets in the text. */
export interface JsonContainer {
  readonly kind: "object" | "list";
  /** Where its bracket stands. */
  readonly start: number;
  /** Behind its closing bracket. */
  readonly end: number;
  readonly members: readonly JsonMember[];
}
