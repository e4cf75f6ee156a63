import { type Code, signed, unsigned } from "./assembler.ts";

const simd = (opcode: number): Code => [0xfd, ...unsigned(opcode)];

/** The value of a local. */
export const get = (local: number): Code => [0x20, ...unsigned(local)];
/** Gives a local a value. */
export const set = (local: number, value: Code): Code => [...value, 0x21, ...unsigned(local)];
/** A number of 32 bits. */
export const i32 = (value: number): Code => [0x41, ...signed(value)];

const binary = (opcode: number) => (left: Code, right: Code): Code => [...left, ...right, opcode];
/** The sum of two numbers. */
export const add: (left: Code, right: Code) => Code = binary(0x6a);
/** The difference of two numbers. */
export const subtract: (left: Code, right: Code) => Code = binary(0x6b);
/** The bits that either number has. */
export const or: (left: Code, right: Code) => Code = binary(0x72);
/** The bits that both numbers have. */
export const and: (left: Code, right: Code) => Code = binary(0x71);
/** The product of two numbers. */
export const multiply: (left: Code, right: Code) => Code = binary(0x6c);
/** 1 where two numbers are equal, else 0. */
export const equal: (left: Code, right: Code) => Code = binary(0x46);
/** 1 where the first number, with its sign, is the greater one, else 0. */
export const greater: (left: Code, right: Code) => Code = binary(0x4a);
/** One of two values: the first where the condition is not 0. */
export const select = (condition: Code, yes: Code, no: Code): Code => [
  ...yes,
  ...no,
  ...condition,
  0x1b,
];

/** Does its body, and again as long as the condition at its end is not 0. */
export const repeatWhile = (body: Code, condition: Code): Code => [
  ...[0x03, 0x40],
  ...body,
  ...condition,
  ...[0x0d, 0x00, 0x0b],
];

/** Calls a function by its place in the module. */
export const call = (place: number, ...parameters: readonly Code[]): Code => [
  ...parameters.flat(),
  ...[0x10, ...unsigned(place)],
];

const vectorBinary = (opcode: number) => (left: Code, right: Code): Code => [
  ...left,
  ...right,
  ...simd(opcode),
];
/** The sums of four pairs of numbers. */
export const addLanes: (left: Code, right: Code) => Code = vectorBinary(0xae);
/** The bits that both vectors have. */
export const andBits: (left: Code, right: Code) => Code = vectorBinary(0x4e);
/** The bits that either vector has. */
export const orBits: (left: Code, right: Code) => Code = vectorBinary(0x50);
/** The bits that one of two vectors has. */
export const xorBits: (left: Code, right: Code) => Code = vectorBinary(0x51);
/** Four numbers moved by as many bits to the left. */
export const shiftLeft = (
  value: Code,
  bits: number,
): Code => [...value, ...i32(bits), ...simd(0xab)];
/** Four numbers without sign moved by as many bits to the right. */
export const shiftRight = (value: Code, bits: number): Code => [
  ...value,
  ...i32(bits),
  ...simd(0xad),
];
/** Bytes of a vector by their places, each below 16: of relaxed SIMD, one instruction on every processor. */
export const relaxedSwizzle: (value: Code, places: Code) => Code = vectorBinary(0x100);
/** Bytes of two vectors by their places. */
export const shuffle = (left: Code, right: Code, places: readonly number[]): Code => [
  ...left,
  ...right,
  ...simd(0x0d),
  ...places,
];
/** Four times the same number. */
export const splat = (value: Code): Code => [...value, ...simd(0x11)];
/** Sixteen bytes. */
export const bytes = (values: readonly number[]): Code => [...simd(0x0c), ...values];
/** Four numbers. */
export const lanes = (values: readonly number[]): Code =>
  bytes(values.flatMap((value) => [0, 8, 16, 24].map((bits) => (value >>> bits) & 0xff)));
/** The 16 bytes at an address; they need no alignment. */
export const load = (address: Code, offset: number): Code => [
  ...address,
  ...simd(0x00),
  0x00,
  ...unsigned(offset),
];
/** Writes 16 bytes to an address. */
export const store = (address: Code, offset: number, value: Code): Code => [
  ...address,
  ...value,
  ...simd(0x0b),
  0x00,
  ...unsigned(offset),
];
