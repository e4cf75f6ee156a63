import { type Finding, finding } from "../findings/mod.ts";
import { extensionOf, ownerOfFile, placeIn } from "../repository/mod.ts";
import type { TemplateEntry, TemplateIndex } from "../types.ts";
import type { CheckFacts } from "./types.ts";

/** Variants that show two pictures. */
const PAIRS = new Set(["compareSlider", "hoverDissolve"]);

/** Checks whether each template of the index has the pictures that its entry asks for. */
export function checkThumbnails(facts: CheckFacts): readonly Finding[] {
  const { index, files } = facts;
  if (!index) return [];
  const ids = new Set(index.templates.map(({ name }) => name));
  const pictures = new Map<string, Map<number, string>>();
  for (const name of files.keys()) {
    const { id, number } = name.includes("/") ? {} as never : ownerOfFile(name, ids) ?? {};
    if (id === undefined || number === undefined) continue;
    const numbers = pictures.get(id) ?? new Map<number, string>();
    pictures.set(id, numbers.set(number, name));
  }
  return index.templates.flatMap((entry) => [
    ...numberedPictures(facts, index, entry, pictures.get(entry.name) ?? new Map()),
    ...otherPictures(facts, index, entry),
  ]);
}

function numberedPictures(
  { files, repository: { config: { templatesDir } } }: CheckFacts,
  { document }: TemplateIndex,
  { name, at, mediaSubtype, thumbnailVariant }: TemplateEntry,
  numbers: ReadonlyMap<number, string>,
): readonly Finding[] {
  if (name === "" || !files.has(`${name}.json`)) return [];
  const needed = PAIRS.has(thumbnailVariant ?? "") ? [1, 2] : [1];
  const extension = mediaSubtype ?? "webp";
  const missing = needed.filter((number) => !numbers.has(number)).map((number) => {
    const file = `${templatesDir}/${name}-${number}.${extension}`;
    const why = number === 2 ? `, which "${thumbnailVariant}" shows` : "";
    return finding("E_NO_THUMBNAIL", placeIn(document, at), `There is no ${file}${why}`, {
      hint: `Add ${file}`,
      details: { id: name, number },
    });
  });
  const highest = Math.max(0, ...numbers.keys());
  const gap = Array.from({ length: highest }, (_, before) => before + 1)
    .find((number) => !numbers.has(number) && !needed.includes(number));
  const wrong = [...numbers].filter(([, file]) =>
    mediaSubtype !== undefined && plain(extensionOf(file)) !== plain(mediaSubtype) &&
    !files.has(file.replace(/\.[^.]+$/, `.${mediaSubtype}`))
  );
  return [
    ...missing,
    ...(gap === undefined ? [] : [
      finding(
        "E_THUMBNAIL_GAP",
        { file: `${templatesDir}/${numbers.get(highest)}` },
        `Template "${name}" has a picture ${highest}, and none with number ${gap}`,
        { hint: `Number its pictures from 1 without a gap` },
      ),
    ]),
    ...wrong.map(([, file]) =>
      finding(
        "E_THUMBNAIL_TYPE",
        { file: `${templatesDir}/${file}` },
        `The entry of "${name}" says ${mediaSubtype}, and the file is ${extensionOf(file)}`,
        { hint: `Convert the file to ${mediaSubtype}, or correct mediaSubtype of the entry` },
      )
    ),
  ];
}

function otherPictures(
  { thumbnails, published, files, repository: { config: { templatesDir } } }: CheckFacts,
  { document }: TemplateIndex,
  { name, at, thumbnail }: TemplateEntry,
): readonly Finding[] {
  const absent = thumbnail.flatMap((path, index) =>
    thumbnails.has(path) || files.has(path) ? [] : [
      finding(
        "E_NO_THUMBNAIL",
        placeIn(document, [...at, "thumbnail", index]),
        `Template "${name}" shows "${path}", which is not there`,
        { hint: "Add the file, or correct its path" },
      ),
    ]
  );
  if (!published) return absent;
  const shown = [...files.keys()].filter((file) =>
    file === `${name}.json` || ownerOfFile(file, new Set([name]))?.number !== undefined
  );
  return [
    ...absent,
    ...shown.filter((file) => !published.has(file)).map((file) =>
      finding(
        "E_NOT_PUBLISHED",
        { file: `${templatesDir}/${file}` },
        `"${file}" of template "${name}" is not among the published files`,
        { hint: "Bump the package that ships it, and publish again", details: { id: name } },
      )
    ),
  ];
}

function plain(extension: string): string {
  return extension === "jpeg" ? "jpg" : extension.toLowerCase();
}
