import type { Corpus } from "../../../src/demo/sample_registry/mod.ts";
import type { PageShift } from "./faults.ts";
import { Seeded } from "./seeded.ts";

/**
 * What a corpus whose lists move looks like at the given request.
 *
 * @param request How many requests for list pages came before.
 */
export function shiftedCorpus(corpus: Corpus, shift: PageShift, request: number): Corpus {
  const { packages } = corpus;
  const { kind, count = 3, every = 2 } = shift;
  const steps = Math.min(count, Math.floor(request / every));
  if (kind === "insert") return { packages: packages.slice(count - steps) };
  if (kind === "delete") return { packages: packages.slice(0, packages.length - steps) };
  const random = new Seeded(`shift ${request}`);
  // A place moves by up to three, enough to cross the border of a page.
  const placed = packages.map((entry, place) => ({ entry, place: place + 3 * random.next() }));
  return { packages: placed.toSorted((a, b) => a.place - b.place).map(({ entry }) => entry) };
}
