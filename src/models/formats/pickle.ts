import { brokenModel } from "../faults.ts";
import { type Opcode, type OpcodeEffect, pickleOpcodes } from "./pickle_opcodes.ts";
import type { Cursor } from "./source.ts";

/** A text on the stack, `MARK`, or any other value. */
type Value = string | typeof MARK | undefined;

const MARK = Symbol("mark");
const MOST_OPCODES = 20_000_000;
/** Python puts at most 1000 items of a container before it stores them. */
const DEEPEST_STACK = 1_000_000;
const MOST_REMEMBERED = 5_000_000;
const MOST_GLOBALS = 1000;
/** Longer texts name nothing that can be imported. */
const LONGEST_TEXT = 1000;
const LONGEST_LINE = 1024 ** 2;
/** Stands for a name that is made up while loading, or that comes from a table of the program that loads. */
export const UNKNOWN_GLOBAL = "(unknown)";

/**
 * Collects what a pickle would import when it were loaded, by its opcodes; nothing is imported, called or built.
 *
 * Opcodes: https://github.com/python/cpython/blob/main/Lib/pickletools.py
 *
 * @param cursor Where the pickle begins; stands behind its end afterwards.
 * @param globals Gets `module.name` of every import, also when the pickle turns out to be damaged.
 * @throws `MODEL_BROKEN` when it is no pickle or ends too early.
 */
export function scanPickle(cursor: Cursor, globals: Set<string>): void {
  const machine = new Machine(globals);
  for (let count = 0; count < MOST_OPCODES; count++) {
    const code = cursor.byte();
    const opcode = pickleOpcodes.get(code);
    if (!opcode) throw brokenModel(`0x${code.toString(16)} is no opcode of a pickle`);
    if (opcode.effect === "stop") return;
    machine.apply(opcode.effect, ...readArgument(cursor, opcode));
  }
  throw brokenModel("its pickle has no end");
}

type Argument = readonly [first?: string | number, second?: string];

function readArgument(cursor: Cursor, { argument }: Opcode): Argument {
  switch (argument.kind) {
    case "none":
      return [];
    case "fixed":
      return [cursor.uint(argument.bytes)];
    case "lines":
      return argument.count === 1 ? [readLine(cursor)] : [readLine(cursor), readLine(cursor)];
    case "counted": {
      const length = cursor.uint(argument.bytes);
      if (argument.text && length <= LONGEST_TEXT) return [decode(cursor.take(length))];
      cursor.skip(length);
      return [];
    }
  }
}

function readLine(cursor: Cursor): string {
  return decode(cursor.line(LONGEST_LINE));
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

/** The machine that loads pickles, as far as names of imports go through it. */
class Machine {
  #globals: Set<string>;
  #stack: Value[] = [];
  #memo = new Map<number, Value>();

  constructor(globals: Set<string>) {
    this.#globals = globals;
  }

  apply(effect: OpcodeEffect, first?: string | number, second?: string): void {
    if (typeof effect === "object") {
      if (effect.toMark) this.#popToMark();
      for (let count = 0; count < effect.pops; count++) this.#pop();
      for (let count = 0; count < effect.pushes; count++) this.#push(undefined);
      return;
    }
    switch (effect) {
      case "mark":
        return this.#push(MARK);
      case "push_text":
        return this.#push(typeof first === "string" ? unquoted(first) : undefined);
      case "duplicate":
        return this.#push(this.#top());
      case "get":
        return this.#push(this.#memo.get(Number(first)));
      case "put":
        return this.#remember(Number(first));
      case "memoize":
        return this.#remember(this.#memo.size);
      case "instance":
        this.#popToMark();
        return this.#import(first, second);
      case "global":
        return this.#import(first, second);
      case "extension":
        return this.#import(undefined, undefined);
      case "stack_global": {
        const name = this.#pop();
        return this.#import(this.#pop(), name);
      }
    }
  }

  #import(module: Value | number, name: Value): void {
    const known = typeof module === "string" && typeof name === "string";
    if (this.#globals.size < MOST_GLOBALS) {
      this.#globals.add(known ? `${module}.${name}` : UNKNOWN_GLOBAL);
    }
    this.#push(undefined);
  }

  #remember(at: number): void {
    this.#memo.set(at, this.#top());
    if (this.#memo.size > MOST_REMEMBERED) throw brokenModel("its pickle holds too much");
  }

  #push(value: Value): void {
    if (this.#stack.push(value) > DEEPEST_STACK) throw brokenModel("its pickle holds too much");
  }

  #top(): Value {
    if (this.#stack.length === 0) throw brokenModel("its pickle takes more than it puts");
    return this.#stack.at(-1);
  }

  #pop(): Value {
    const value = this.#top();
    this.#stack.pop();
    return value;
  }

  #popToMark(): void {
    const at = this.#stack.lastIndexOf(MARK);
    if (at < 0) throw brokenModel("its pickle takes more than it puts");
    this.#stack.length = at;
  }
}

/** Texts of protocol 0 stand in quotes. */
function unquoted(text: string): string {
  return /^(['"]).*\1$/s.test(text) ? text.slice(1, -1) : text;
}
