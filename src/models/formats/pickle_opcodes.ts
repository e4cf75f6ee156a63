/** What follows an opcode in the stream. */
export type OpcodeArgument =
  | { readonly kind: "none" }
  /** So many bytes. */
  | { readonly kind: "fixed"; readonly bytes: number }
  /** Texts that end with a line end each. */
  | { readonly kind: "lines"; readonly count: 1 | 2 }
  /** A length of so many bytes, then that much; `text` when it is one. */
  | { readonly kind: "counted"; readonly bytes: 1 | 4 | 8; readonly text: boolean };

/** What an opcode does to the stack of the machine that loads pickles. */
export type OpcodeEffect =
  | "global"
  | "instance"
  | "stack_global"
  | "extension"
  | "mark"
  | "stop"
  | "duplicate"
  | "push_text"
  | "get"
  | "put"
  | "memoize"
  /** Takes everything down to the last mark, and so many values more, then puts so many. */
  | { readonly toMark: boolean; readonly pops: number; readonly pushes: number };

/** An opcode of the pickle machine. */
export interface Opcode {
  readonly argument: OpcodeArgument;
  readonly effect: OpcodeEffect;
}

const none: OpcodeArgument = { kind: "none" };
const line: OpcodeArgument = { kind: "lines", count: 1 };
const twoLines: OpcodeArgument = { kind: "lines", count: 2 };
const fixed = (bytes: number): OpcodeArgument => ({ kind: "fixed", bytes });
const counted = (bytes: 1 | 4 | 8, text = false): OpcodeArgument => ({
  kind: "counted",
  bytes,
  text,
});
const stack = (pops: number, pushes: number): OpcodeEffect => ({ toMark: false, pops, pushes });
const toMark = (pops: number, pushes: number): OpcodeEffect => ({ toMark: true, pops, pushes });
const push = stack(0, 1);
const nothing = stack(0, 0);

const rows: readonly (readonly [string | number, OpcodeArgument, OpcodeEffect])[] = [
  ["(", none, "mark"],
  [".", none, "stop"],
  ["0", none, stack(1, 0)],
  ["1", none, toMark(0, 0)],
  ["2", none, "duplicate"],
  ["F", line, push],
  ["I", line, push],
  ["J", fixed(4), push],
  ["K", fixed(1), push],
  ["L", line, push],
  ["M", fixed(2), push],
  ["N", none, push],
  ["P", line, push],
  ["Q", none, stack(1, 1)],
  ["R", none, stack(2, 1)],
  ["S", line, "push_text"],
  ["T", counted(4, true), "push_text"],
  ["U", counted(1, true), "push_text"],
  ["V", line, "push_text"],
  ["X", counted(4, true), "push_text"],
  ["a", none, stack(1, 0)],
  ["b", none, stack(1, 0)],
  ["c", twoLines, "global"],
  ["d", none, toMark(0, 1)],
  ["}", none, push],
  ["e", none, toMark(0, 0)],
  ["g", line, "get"],
  ["h", fixed(1), "get"],
  ["i", twoLines, "instance"],
  ["j", fixed(4), "get"],
  ["l", none, toMark(0, 1)],
  ["]", none, push],
  ["o", none, toMark(0, 1)],
  ["p", line, "put"],
  ["q", fixed(1), "put"],
  ["r", fixed(4), "put"],
  ["s", none, stack(2, 0)],
  ["t", none, toMark(0, 1)],
  [")", none, push],
  ["u", none, toMark(0, 0)],
  ["G", fixed(8), push],
  ["B", counted(4), push],
  ["C", counted(1), push],
  [0x80, fixed(1), nothing],
  [0x81, none, stack(2, 1)],
  [0x82, fixed(1), "extension"],
  [0x83, fixed(2), "extension"],
  [0x84, fixed(4), "extension"],
  [0x85, none, stack(1, 1)],
  [0x86, none, stack(2, 1)],
  [0x87, none, stack(3, 1)],
  [0x88, none, push],
  [0x89, none, push],
  [0x8a, counted(1), push],
  [0x8b, counted(4), push],
  [0x8c, counted(1, true), "push_text"],
  [0x8d, counted(8, true), "push_text"],
  [0x8e, counted(8), push],
  [0x8f, none, push],
  [0x90, none, toMark(0, 0)],
  [0x91, none, toMark(0, 1)],
  [0x92, none, stack(3, 1)],
  [0x93, none, "stack_global"],
  [0x94, none, "memoize"],
  [0x95, fixed(8), nothing],
  [0x96, counted(8), push],
  [0x97, none, push],
  [0x98, none, nothing],
];

/** Every opcode of the protocols 0 to 5, as Python's `pickletools` lists them. */
export const pickleOpcodes: ReadonlyMap<number, Opcode> = new Map(
  rows.map(([code, argument, effect]) => [
    typeof code === "number" ? code : code.charCodeAt(0),
    { argument, effect },
  ]),
);
