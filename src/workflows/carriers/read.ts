import { ComfydockError, type JsonRecord, parseJsonText } from "../../base/mod.ts";
import { workflowErrors } from "../errors.ts";
import { readFlac } from "./flac.ts";
import { readMp4 } from "./mp4.ts";
import { readPng } from "./png.ts";
import type { CarrierKind, CarrierReader, RandomAccess, Remark } from "./types.ts";
import { readWebm } from "./webm.ts";
import { readWebp } from "./webp.ts";

/** A workflow that was found in a picture, sound or video. */
export interface EmbeddedWorkflow {
  /** The JSON text, as it was put there. */
  readonly text: string;
  readonly carrier: CarrierKind;
  /** `workflow` is what the editor had, `prompt` what was queued: the API format. */
  readonly remark: "workflow" | "prompt";
}

const READERS: Readonly<Record<CarrierKind, CarrierReader>> = {
  png: readPng,
  webp: readWebp,
  flac: readFlac,
  mp4: readMp4,
  webm: readWebm,
};

/** The kind of a file by its first bytes; nothing for what holds no workflows, such as JSON. */
export function carrierOf(file: RandomAccess): CarrierKind | undefined {
  const head = file.read(0, 16);
  const letters = String.fromCharCode(...head);
  if (letters.startsWith("\x89PNG\r\n\x1a\n")) return "png";
  if (letters.startsWith("RIFF") && letters.slice(8, 12) === "WEBP") return "webp";
  if (letters.startsWith("fLaC")) return "flac";
  if (letters.slice(4, 8) === "ftyp") return "mp4";
  if (letters.startsWith("\x1a\x45\xdf\xa3")) return "webm";
  return undefined;
}

/**
 * Finds the workflow in a picture, sound or video; the editor's is taken before the queued one.
 *
 * @param name What error messages call it, such as its path.
 * @throws `WORKFLOW_NOT_EMBEDDED`
 */
export function readEmbeddedWorkflow(
  file: RandomAccess,
  carrier: CarrierKind,
  name: string,
): EmbeddedWorkflow {
  const found = new Map<string, string>();
  for (const remark of READERS[carrier](file)) {
    for (const [key, text] of unfold(remark)) if (!found.has(key)) found.set(key, text);
  }
  for (const remark of ["workflow", "prompt"] as const) {
    const text = found.get(remark);
    if (text !== undefined) return { text, carrier, remark };
  }
  throw new ComfydockError(
    workflowErrors.WORKFLOW_NOT_EMBEDDED,
    `Cannot find a workflow in "${name}"`,
    {
      hint: "It was saved without metadata, or another program took it out; ask for the JSON file",
      details: { name, remarks: [...found.keys()].slice(0, 20) },
    },
  );
}

// Video nodes put both into one comment.
function unfold([name, text]: Remark): readonly Remark[] {
  const key = name.toLowerCase();
  if (key !== "comment" || !text.startsWith("{")) return [[key, text]];
  try {
    const both = parseJsonText(text, "$") as JsonRecord;
    return Object.entries(both).map(([inner, value]) => [
      inner.toLowerCase(),
      typeof value === "string" ? value : JSON.stringify(value),
    ]);
  } catch {
    // A comment that only looks like JSON is somebody's words.
    return [[key, text]];
  }
}
