import { errorAnswer, jsonAnswer } from "./answers.ts";
import type { Catalog } from "./catalog.ts";

/** `POST /bulk/nodes/versions`: whole records of the versions named in the body. */
export async function answerBulk(catalog: Catalog, request: Request): Promise<Response> {
  const wanted = parseIdentifiers(await request.text());
  if (!wanted) return errorAnswer(400, "The body must be {node_versions: [{node_id, version}]}");
  const records = wanted.map(({ node_id, version }) => {
    const identifier = JSON.stringify({ node_id, version });
    const found = catalog.find(node_id)?.versions.find((entry) => entry.version === version);
    return found
      ? `{"identifier":${identifier},"status":"success","node_version":${found.whole}}`
      : `{"identifier":${identifier},"status":"not_found"}`;
  });
  return jsonAnswer(`{"node_versions":[${records.join()}]}`);
}

interface Identifier {
  readonly node_id: string;
  readonly version: string;
}

function parseIdentifiers(text: string): readonly Identifier[] | undefined {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return undefined;
  }
  const list = body && typeof body === "object" && "node_versions" in body && body.node_versions;
  return Array.isArray(list) && list.every(isIdentifier) ? list : undefined;
}

function isIdentifier(value: unknown): value is Identifier {
  return typeof value === "object" && value !== null && "node_id" in value &&
    typeof value.node_id === "string" && "version" in value && typeof value.version === "string";
}
