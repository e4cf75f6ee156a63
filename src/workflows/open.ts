import { ComfydockError, fileError, refuseNamedPipe } from "../base/mod.ts";
import {
  type CarrierKind,
  carrierOf,
  inFile,
  inMemory,
  type RandomAccess,
  readEmbeddedWorkflow,
} from "./carriers/mod.ts";
import { workflowErrors } from "./errors.ts";
import { readWorkflow, type Workflow } from "./graph/mod.ts";

/** The largest JSON file that is read as a workflow, in bytes. */
const MAX_WORKFLOW_BYTES = 64 * 1024 ** 2;

/** A workflow that was opened from a file. */
export interface OpenedWorkflow {
  /** The JSON text, byte order mark included. */
  readonly text: string;
  readonly workflow: Workflow;
  /** Set when it came out of a picture, sound or video. */
  readonly carrier?: CarrierKind;
}

/**
 * Opens a workflow: a JSON file, or a picture, sound or video that carries one.
 *
 * @throws `WORKFLOW_INVALID`, `WORKFLOW_NOT_EMBEDDED`, `FILE_NOT_FOUND`, `FILE_UNREADABLE`
 */
export function openWorkflow(path: string): OpenedWorkflow {
  const { text, carrier } = readWorkflowText(path);
  return { text, workflow: readWorkflow(text, path), carrier };
}

function readWorkflowText(path: string): Pick<OpenedWorkflow, "text" | "carrier"> {
  using handle = openFile(path);
  const file = contentOf(handle, path);
  const carrier = carrierOf(file);
  if (carrier) return { carrier, text: readEmbeddedWorkflow(file, carrier, path).text };
  if (file.size > MAX_WORKFLOW_BYTES) throw tooLarge(path, file.size);
  return { text: decode(file.read(0, file.size)) };
}

/** A pipe, such as `<(curl …)` of a shell, can be read only once and only to its end. */
function contentOf(handle: Deno.FsFile, path: string): RandomAccess {
  try {
    const { isFile, isDirectory } = handle.statSync();
    if (isFile || isDirectory) return inFile(handle);
    const bytes = new Uint8Array(MAX_WORKFLOW_BYTES + 1);
    let size = 0;
    while (size < bytes.length) {
      const count = handle.readSync(bytes.subarray(size)) ?? 0;
      if (count === 0) break;
      size += count;
    }
    return inMemory(bytes.subarray(0, size));
  } catch (error) {
    throw fileError("Cannot read the workflow", path, error);
  }
}

function tooLarge(path: string, size: number): ComfydockError {
  return new ComfydockError(
    workflowErrors.WORKFLOW_INVALID,
    `Cannot read the workflow "${path}": it has more than ${MAX_WORKFLOW_BYTES} bytes`,
    { hint: "Name the JSON file that ComfyUI saved", details: { path, size } },
  );
}

function openFile(path: string): Deno.FsFile {
  try {
    refuseNamedPipe(path);
    return Deno.openSync(path);
  } catch (error) {
    throw fileError("Cannot read the workflow", path, error);
  }
}

function decode(bytes: Uint8Array): string {
  const [first, second] = bytes;
  const encoding = first === 0xff && second === 0xfe
    ? "utf-16le"
    : first === 0xfe && second === 0xff
    ? "utf-16be"
    : "utf-8";
  return new TextDecoder(encoding, { ignoreBOM: encoding === "utf-8" }).decode(bytes);
}
