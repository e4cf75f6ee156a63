import {
  baseErrors,
  ComfydockError,
  invalidData,
  optional,
  readBoolean,
  readList,
  readNumber,
  readRecord,
  readText,
  readTextBounded,
} from "../../base/mod.ts";
import { type Envelope, type EnvelopeError, redactDeep, type Warning } from "../../output/mod.ts";

const MAX_BYTES = 64 * 1024 * 1024;

/**
 * Reads the envelope that a command printed with `--json`, and takes out what is secret by now.
 *
 * @param path A file whose last line is the envelope; commands that are followed print records before it.
 * @throws `FILE_NOT_FOUND`, `FILE_TOO_LARGE`, `DATA_INVALID`
 */
export async function readEnvelope(path: string): Promise<Envelope> {
  const text = (await readTextBounded(path, MAX_BYTES)).trimEnd();
  return toEnvelope(redactDeep(parseLine(text.slice(text.lastIndexOf("\n") + 1), path)));
}

function parseLine(line: string, path: string): unknown {
  try {
    return JSON.parse(line);
  } catch (cause) {
    throw new ComfydockError(
      baseErrors.DATA_INVALID,
      `Cannot read a result from "${path}": its last line is no JSON`,
      { hint: "Name a file that holds what a command printed with --json", cause },
    );
  }
}

function toEnvelope(value: unknown): Envelope {
  const record = readRecord(value, "$");
  if (record.schema !== "comfydock/1") {
    throw invalidData("$.schema", 'the text "comfydock/1"', record.schema);
  }
  return {
    schema: record.schema,
    ok: readBoolean(record.ok, "$.ok"),
    command: readText(record.command, "$.command", 200),
    data: record.data,
    error: optional(record.error, "$.error", toError),
    warnings: readList(record.warnings, "$.warnings").map(toWarning),
    elapsed_ms: readNumber(record.elapsed_ms, "$.elapsed_ms"),
  };
}

function toError(value: unknown, path: string): EnvelopeError {
  const { code, message, hint, details } = readRecord(value, path);
  return {
    code: readText(code, `${path}.code`),
    message: readText(message, `${path}.message`),
    hint: optional(hint, `${path}.hint`, readText),
    details: readRecord(details, `${path}.details`),
  };
}

function toWarning(value: unknown, index: number): Warning {
  const path = `$.warnings[${index}]`;
  const { code, message } = readRecord(value, path);
  return { code: readText(code, `${path}.code`), message: readText(message, `${path}.message`) };
}
