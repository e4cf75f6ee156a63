import type { CheckFacts } from "../checks/mod.ts";
import { placeIn } from "../repository/mod.ts";

/** An address and where it stands. */
export interface LinkPlace {
  /** Below the root. */
  readonly file: string;
  readonly line?: number;
  readonly path?: string;
  readonly from: "model" | "note" | "tutorial";
}

/** An address with all its places. */
export interface FoundLink {
  readonly url: string;
  readonly places: readonly LinkPlace[];
}

/** Lists the addresses that workflows, notes and the index give, each once, in the order of their first places. */
export function collectLinks({ workflows, index }: CheckFacts): readonly FoundLink[] {
  const places = new Map<string, LinkPlace[]>();
  const add = (url: string, place: LinkPlace) => {
    const list = places.get(url) ?? [];
    places.set(url, list);
    list.push(place);
  };
  for (const { path: file, addresses } of workflows.values()) {
    for (const { url, line, path, from } of addresses) add(url, { file, line, path, from });
  }
  for (const { tutorialUrl, at } of index?.templates ?? []) {
    if (tutorialUrl === undefined || tutorialUrl === "") continue;
    const { file, line } = placeIn(index!.document, [...at, "tutorialUrl"]);
    add(tutorialUrl, { file, line, from: "tutorial" });
  }
  return [...places].map(([url, list]) => ({ url, places: list }));
}
