import { fail } from "node:assert/strict";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import type { Envelope } from "../../src/output/mod.ts";
import { projectRoot } from "../../tasks/run_deno.ts";

const ajv = new Ajv2020({ strict: true, strictRequired: false, allErrors: true });

/** The path of the schema of a command's data, below the root of the project. */
export function schemaPath(command: string): string {
  return `data/schema/${command.replaceAll(" ", "-")}.schema.json`;
}

/** Fails when stdout does not hold exactly one envelope of the published shape; its data is not looked at. */
export async function assertEnvelopeShape(envelope: Envelope | undefined): Promise<void> {
  if (envelope === undefined) fail("stdout does not hold exactly one JSON value");
  await assertShape(envelope, "data/schema/envelope.schema.json");
}

/**
 * Fails when a run's envelope, or its data, has another shape than is published.
 *
 * @param envelope What stood on stdout.
 * @param schema Name of the data's schema; default that of the command.
 */
export async function assertPublishedShape(
  envelope: Envelope | undefined,
  schema: string = envelope?.command ?? "",
): Promise<void> {
  await assertEnvelopeShape(envelope);
  if (envelope?.data !== undefined) await assertShape(envelope.data, schemaPath(schema));
}

async function assertShape(value: unknown, path: string): Promise<void> {
  const schema = JSON.parse(await Deno.readTextFile(join(projectRoot, path)));
  const validate = ajv.getSchema(schema.$id) ?? ajv.compile(schema);
  if (!validate(value)) fail(`${path}: ${ajv.errorsText(validate.errors)}`);
}
