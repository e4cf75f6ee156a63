import type { CheckFacts } from "../checks/mod.ts";
import type { Finding } from "../findings/mod.ts";
import { extensionOf, ownerOfFile } from "../repository/mod.ts";

/** A template as a gallery shows it. */
export interface GalleryEntry {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  /** Title of its category. */
  readonly category: string;
  readonly mediaType: string;
  /** Absent where it is in none. */
  readonly bundle?: string;
  /** Of workflow and thumbnails. */
  readonly bytes: number;
  readonly date?: string;
  readonly faults: number;
  /** Its first thumbnail, below the directory of templates. */
  readonly file?: string;
  /** How the thumbnail is shown. */
  readonly shown: "picture" | "video" | "sound" | "none";
}

const SHOWN: Readonly<Record<string, GalleryEntry["shown"]>> = {
  ...{ webp: "picture", png: "picture", jpg: "picture", jpeg: "picture", gif: "picture" },
  ...{ mp4: "video", webm: "video" },
  ...{ mp3: "sound", wav: "sound", ogg: "sound", flac: "sound", m4a: "sound" },
};

/** The templates of the index with what a gallery shows of them, in the order of the index. */
export function galleryOf(
  { repository, index, files, workflows }: CheckFacts,
  findings: readonly Finding[],
): readonly GalleryEntry[] {
  const ids = new Set(index?.templates.map(({ name }) => name));
  const own = new Map<string, string[]>();
  for (const name of files.keys()) {
    const id = name.includes("/") ? undefined : ownerOfFile(name, ids)?.id;
    if (id !== undefined) own.set(id, [...own.get(id) ?? [], name]);
  }
  const faults = new Map<string, number>();
  const paths = new Map([...workflows.values()].map(({ id, path }) => [path, id]));
  for (const { file, message } of findings) {
    const id = paths.get(file) ?? quotedId(message, ids);
    if (id !== undefined) faults.set(id, (faults.get(id) ?? 0) + 1);
  }
  return (index?.categories ?? []).flatMap((category) =>
    category.templates.map((one): GalleryEntry => {
      const names = own.get(one.name) ?? [];
      const file = names.find((name) => name.startsWith(`${one.name}-1.`));
      return {
        id: one.name,
        title: one.title ?? one.name,
        description: one.description ?? "",
        category: category.title,
        mediaType: one.mediaType ?? "unknown",
        bundle: repository.bundles.bundleOf.get(one.name),
        bytes: names.reduce((sum, name) => sum + (files.get(name)?.size ?? 0), 0),
        date: one.date,
        faults: faults.get(one.name) ?? 0,
        file,
        shown: file === undefined ? "none" : SHOWN[extensionOf(file)] ?? "none",
      };
    })
  );
}

function quotedId(message: string, ids: ReadonlySet<string>): string | undefined {
  for (const [, quoted = ""] of message.matchAll(/"([^"]+)"/g)) {
    if (ids.has(quoted)) return quoted;
    const owner = ownerOfFile(quoted.slice(quoted.lastIndexOf("/") + 1), ids);
    if (owner) return owner.id;
  }
  return undefined;
}
