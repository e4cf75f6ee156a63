import { type Finding, finding } from "../findings/mod.ts";
import { extensionOf, ownerOfFile } from "../repository/mod.ts";
import type { CheckFacts } from "./types.ts";

/** Above this many bytes a single file is large. */
export const LARGE_BYTES = 5 * 1000 ** 2;

/** What the first bytes of a file with an extension may say. */
const FORMATS: Readonly<Record<string, readonly string[]>> = {
  webp: ["webp"],
  png: ["png"],
  jpg: ["jpg"],
  jpeg: ["jpg"],
  gif: ["gif"],
  mp4: ["mp4", "m4a"],
  webm: ["webm"],
  mp3: ["mp3"],
  wav: ["wav"],
  ogg: ["ogg"],
  flac: ["flac"],
  m4a: ["m4a", "mp4"],
};

/** Checks the files beside the workflows: their content, their size, and whom they belong to. */
export function checkMedia(facts: CheckFacts): readonly Finding[] {
  return [...contentTypes(facts), ...orphans(facts), ...sizes(facts)];
}

function contentTypes({ files, repository: { config } }: CheckFacts): readonly Finding[] {
  return [...files].flatMap(([name, { format, size }]) => {
    const extension = extensionOf(name);
    const accepted = FORMATS[extension];
    if (!accepted || format !== undefined && accepted.includes(format)) return [];
    const place = { file: `${config.templatesDir}/${name}` };
    if (format === "lfs") {
      return [
        finding("E_CONTENT_TYPE", place, `"${name}" is only a pointer of git LFS`, {
          hint: "Run `git lfs pull`",
        }),
      ];
    }
    const really = size === 0
      ? "is empty"
      : format === undefined
      ? `does not begin as a ${extension} file does`
      : `is a ${format} file`;
    const hint = format === undefined
      ? "Export it again"
      : `Rename it to end with .${format}, or convert it`;
    return [finding("E_CONTENT_TYPE", place, `"${name}" ${really}`, { hint, details: { format } })];
  });
}

function orphans(
  { files, repository: { config, bundles }, index, workflows, logos }: CheckFacts,
): readonly Finding[] {
  const ids = new Set([
    ...bundles.bundleOf.keys(),
    ...workflows.keys(),
    ...(index?.templates ?? []).map(({ name }) => name),
  ]);
  const listed = new Set(logos.byProvider.values());
  return [...files.keys()].flatMap((name) => {
    const extension = extensionOf(name);
    if (extension === "json") return [];
    const file = `${config.templatesDir}/${name}`;
    if (name.startsWith("logo/")) {
      return listed.has(name) ? [] : [
        finding("W_ORPHAN_MEDIA", { file }, `No provider has the logo "${name}"`, {
          hint: "Add its provider to the list of logos, or remove the file",
        }),
      ];
    }
    if (!name.includes("/") && ownerOfFile(name, ids)) {
      return config.extensions.includes(extension) ? [] : [
        finding("W_ORPHAN_MEDIA", { file }, `Files that end with .${extension} are not packaged`, {
          hint: `Convert it to one of ${config.extensions.join(", ")}`,
        }),
      ];
    }
    return [
      finding("W_ORPHAN_MEDIA", { file }, `"${name}" belongs to no template`, {
        hint: "Call it <id>-1.<extension> after its template, or remove it",
      }),
    ];
  });
}

function sizes({ files, repository: { config, limits } }: CheckFacts): readonly Finding[] {
  return [...files].filter(([, { size }]) => size > LARGE_BYTES).map(([name, { size }]) => {
    const place = { file: `${config.templatesDir}/${name}` };
    const megabytes = (size / 1000 ** 2).toFixed(1);
    return size > limits.fileLimit
      ? finding(
        "E_LARGE_FILE",
        place,
        `"${name}" has ${megabytes} MB; a package may have ${limits.fileLimit / 1000 ** 2} MB`,
        { details: { size } },
      )
      : finding("W_LARGE_FILE", place, `"${name}" has ${megabytes} MB`, { details: { size } });
  });
}
