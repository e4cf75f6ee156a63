import { basename } from "node:path";
import { openWorkflow } from "../../workflows/mod.ts";
import type { Session } from "../types.ts";

/** A workflow from a file or an address. */
export interface WorkflowSource {
  /** Its JSON, without byte order mark. */
  readonly text: string;
  /** The file's name without its ending. */
  readonly name: string;
}

const MAX_BYTES = 512 * 1024 ** 2;

/**
 * Reads a workflow from a file, or fetches it: JSON, or a picture, sound or video that carries one.
 *
 * @throws `WORKFLOW_INVALID`, `WORKFLOW_NOT_EMBEDDED`, `FILE_NOT_FOUND`, and what the network throws
 */
export async function readWorkflowSource(
  session: Pick<Session, "http">,
  source: string,
): Promise<WorkflowSource> {
  if (!/^https?:\/\//i.test(source)) {
    return { text: withoutMark(openWorkflow(source).text), name: stem(basename(source)) };
  }
  const http = await session.http();
  const { body } = await http.send({ url: source, maxBytes: MAX_BYTES });
  const file = await Deno.makeTempFile({ prefix: "comfydock-" });
  try {
    await Deno.writeFile(file, body);
    const path = decodeURIComponent(new URL(source).pathname);
    return { text: withoutMark(openWorkflow(file).text), name: stem(basename(path)) };
  } finally {
    await Deno.remove(file);
  }
}

function stem(name: string): string {
  return name.replace(/\.[^.]+$/, "") || "workflow";
}

function withoutMark(text: string): string {
  return text.replace(/^\ufeff/, "");
}
