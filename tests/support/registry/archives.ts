import { strToU8, zipSync } from "fflate";
import type { Corpus } from "../../../src/demo/sample_registry/mod.ts";

/**
 * Serves the archive of a version under `/archives/{id}/{version}/node.zip`, with `ETag` and ranges.
 *
 * @param corpus Which versions there are.
 */
export function answerArchive(corpus: Corpus, request: Request): Response {
  const [, id, version, file] = new URL(request.url).pathname.split("/").slice(1)
    .map(decodeURIComponent);
  const entry = corpus.packages.find((candidate) => candidate.id === id);
  const found = entry?.versions.find((candidate) => candidate.version === version);
  if (!entry || !found || file !== "node.zip") {
    return new Response("No such archive", { status: 404 });
  }
  const { dependencies } = JSON.parse(found.whole);
  const names = found.classes.map(({ name }) => name);
  const bytes = nodeArchive(entry.id, found.version, names, dependencies ?? []);
  return answerRange(bytes, `"${entry.id}-${found.version}"`, request);
}

/**
 * Makes the archive of a small node pack; equal arguments make equal bytes.
 *
 * @param classes Names of its node classes; one is made up when there is none.
 * @param dependencies Lines of `requirements.txt`.
 */
export function nodeArchive(
  id: string,
  version: string,
  classes: readonly string[],
  dependencies: readonly string[],
): Uint8Array<ArrayBuffer> {
  const names = classes.length > 0 ? classes : [`${id} Node`];
  const files = {
    "__init__.py": strToU8(moduleSource(names)),
    "pyproject.toml": strToU8(
      `[project]\nname = ${JSON.stringify(id)}\nversion = "${version}"\n` +
        `dependencies = ${JSON.stringify(dependencies)}\n`,
    ),
    "requirements.txt": strToU8(dependencies.map((line) => `${line}\n`).join("")),
    "README.md": strToU8(`# ${id} ${version}\n`),
  };
  return Uint8Array.from(zipSync(files, { mtime: "2026-01-01T00:00:00" }));
}

function moduleSource(names: readonly string[]): string {
  const table = names.map((name) => `    ${JSON.stringify(name)}: Node,`).join("\n");
  return `class Node:
    RETURN_TYPES = ("IMAGE",)
    FUNCTION = "run"
    CATEGORY = "sample"

    @classmethod
    def INPUT_TYPES(cls):
        return {"required": {"image": ("IMAGE",)}}

    def run(self, image):
        return (image,)


NODE_CLASS_MAPPINGS = {
${table}
}
`;
}

/** Answers with a whole file or the part that `Range` asks for. */
function answerRange(bytes: Uint8Array<ArrayBuffer>, etag: string, request: Request): Response {
  const headers = new Headers({
    etag,
    "accept-ranges": "bytes",
    "content-type": "application/zip",
    "cache-control": "no-transform",
  });
  if (request.headers.get("if-none-match") === etag) {
    return new Response(null, { status: 304, headers });
  }
  const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.get("range") ?? "");
  const condition = request.headers.get("if-range");
  if (!range || (condition && condition !== etag)) return new Response(bytes, { headers });
  const start = Number(range[1]);
  const end = Math.min(range[2] ? Number(range[2]) : Infinity, bytes.length - 1);
  if (start > end) {
    headers.set("content-range", `bytes */${bytes.length}`);
    return new Response(null, { status: 416, headers });
  }
  headers.set("content-range", `bytes ${start}-${end}/${bytes.length}`);
  return new Response(bytes.slice(start, end + 1), { status: 206, headers });
}
