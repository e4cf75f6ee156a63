import type { ErrorObject } from "ajv";
import { exportsOf, type JsonRecord } from "../../base/mod.ts";
import type { JsonPath } from "../../workflows/json/mod.ts";

import { readTemplateSchema } from "./read_schema.ts";

/** Where a value does not fit its schema, and why. */
export interface SchemaFault {
  readonly path: JsonPath;
  /** Of JSON Schema, such as `required`. */
  readonly keyword: string;
  /** Such as `must be string`; lower-case start, no full stop. */
  readonly message: string;
}

/** Tells everything in a value that does not fit a schema. */
export type SchemaCheck = (value: unknown) => readonly SchemaFault[];

const MAX_FAULTS = 2_000;

/**
 * Makes a check of a schema, draft-07 or 2020-12 by its `$schema`; references that lead outside of it are not followed.
 *
 * @throws what the validator throws for a schema that is none
 */
export async function compileSchema(schema: JsonRecord): Promise<SchemaCheck> {
  const options = {
    strict: false,
    allErrors: true,
    validateFormats: false,
    logger: false,
  } as const;
  const isOld = typeof schema.$schema === "string" && schema.$schema.includes("draft-07");
  const ajv = isOld
    ? new (exportsOf(await import("ajv/dist/ajv.js"))).Ajv(options)
    : new (exportsOf(await import("ajv/dist/2020.js"))).Ajv2020(options);
  const validate = ajv.compile(schema);
  return (value) => {
    if (validate(value)) return [];
    return withoutBranches(validate.errors ?? []).slice(0, MAX_FAULTS).flatMap((error) => {
      const { keyword, instancePath, params, message = "does not fit" } = error;
      const path = pathOf(value, instancePath);
      if (keyword === "additionalProperties") {
        const field: string = params.additionalProperty;
        return [{ path: [...path, field], keyword, message: "is no field of the schema" }];
      }
      if (keyword === "enum") {
        return [{ path, keyword, message: `must be one of ${params.allowedValues.join(", ")}` }];
      }
      if (keyword === "const") {
        return [{ path, keyword, message: `must be ${JSON.stringify(params.allowedValue)}` }];
      }
      return [{ path, keyword, message }];
    });
  };
}

const BRANCHES = new Set(["anyOf", "oneOf", "if"]);

/** Of a value that fits none of several shapes: which types it may have, or what is wrong below it, each told once. */
function withoutBranches(errors: readonly ErrorObject[]): readonly ErrorObject[] {
  const groups = Map.groupBy(errors, ({ instancePath }) => instancePath);
  return [...groups].flatMap(([place, group]) => {
    if (!group.some(({ keyword }) => BRANCHES.has(keyword))) return group;
    const types = group.filter(({ keyword }) => keyword === "type");
    const others = group.filter(({ keyword }) => keyword !== "type" && !BRANCHES.has(keyword));
    const isBelow = errors.some(({ instancePath }) => instancePath.startsWith(`${place}/`));
    if (others.length > 0 || isBelow) return others;
    const names = [...new Set(types.map(({ params }) => `${params.type}`))];
    const [first] = types;
    return first ? [{ ...first, message: `must be ${names.join(" or ")}` }] : group.slice(0, 1);
  });
}

const shipped = new Map<string, Promise<SchemaCheck>>();

/**
 * The check of a schema that comfydock ships, made once.
 *
 * @param kind One of `SCHEMA_KINDS`.
 */
export function shippedCheck(kind: string): Promise<SchemaCheck> {
  const check = shipped.get(kind) ?? readTemplateSchema(kind).then(compileSchema);
  shipped.set(kind, check);
  return check;
}

/** The path that a JSON pointer (RFC 6901) stands for. */
function pathOf(root: unknown, pointer: string): JsonPath {
  let value = root;
  return pointer.split("/").slice(1).map((part) => {
    const key = part.replaceAll("~1", "/").replaceAll("~0", "~");
    const step = Array.isArray(value) ? Number(key) : key;
    value = (value as Readonly<Record<string | number, unknown>> | undefined)?.[step];
    return step;
  });
}
