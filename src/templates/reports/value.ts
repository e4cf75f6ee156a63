import type { CheckFacts } from "../checks/mod.ts";
import type { Digests } from "../digests/mod.ts";
import { countFindings, type Finding } from "../findings/mod.ts";
import type { Downloads } from "../metrics/mod.ts";
import { collectLinks, type LinkAnswer } from "../links/mod.ts";
import {
  countRepository,
  measureSizes,
  type RepositoryStatistics,
  type SizeReport,
} from "../statistics/mod.ts";
import { type GalleryEntry, galleryOf } from "./gallery.ts";

/** What a report tells that the repository does not know. */
export interface ReportInput {
  readonly findings: readonly Finding[];
  /** What became of addresses; absent when nobody asked their servers. */
  readonly answers?: readonly LinkAnswer[];
  readonly downloads?: readonly Downloads[];
}

/** How many of all there are have something. */
export interface Coverage {
  readonly name: string;
  readonly have: number;
  readonly all: number;
}

/** An address that leads nowhere, and the files that name it. */
export interface DeadLink {
  readonly url: string;
  readonly reason: string;
  readonly files: readonly string[];
}

/** A repository of templates as a report shows it. */
export interface TemplateReport {
  /** Of the meta package. */
  readonly name: string;
  readonly version: string;
  readonly statistics: RepositoryStatistics;
  readonly sizes: SizeReport;
  readonly coverage: readonly Coverage[];
  /** How many templates there were at the end of each month, by the dates of the index. */
  readonly growth: readonly { readonly month: string; readonly templates: number }[];
  readonly errors: number;
  readonly warnings: number;
  /** The most frequent kinds of faults. */
  readonly faults: readonly { readonly code: string; readonly count: number }[];
  readonly links: {
    readonly all: number;
    readonly asked: boolean;
    readonly dead: readonly DeadLink[];
  };
  readonly downloads?: readonly Downloads[];
  readonly templates: readonly GalleryEntry[];
}

/** Gathers what a report shows. */
export async function buildTemplateReport(
  facts: CheckFacts,
  digests: Digests,
  { findings, answers, downloads }: ReportInput,
): Promise<TemplateReport> {
  const { repository: { meta } } = facts;
  const statistics = countRepository(facts);
  const templates = galleryOf(facts, findings);
  const links = collectLinks(facts);
  const dead = new Map(
    answers?.filter(({ state }) => state === "dead").map((one) => [one.url, one]),
  );
  const codes = Map.groupBy(findings, ({ code }) => code);
  return {
    name: meta?.name ?? "templates",
    version: meta?.version ?? "?",
    statistics,
    sizes: await measureSizes(facts, digests),
    coverage: coverageOf(facts, templates),
    growth: growthOf(facts),
    ...countFindings(findings),
    faults: [...codes].map(([code, group]) => ({ code, count: group.length }))
      .sort((left, right) => right.count - left.count || (left.code < right.code ? -1 : 1)),
    links: {
      all: links.length,
      asked: answers !== undefined,
      dead: links.flatMap(({ url, places }) => {
        const answer = dead.get(url);
        const files = [...new Set(places.map(({ file }) => file))];
        return answer ? [{ url, reason: answer.reason ?? "", files }] : [];
      }),
    },
    ...downloads && { downloads },
    templates,
  };
}

function coverageOf(
  { index, locales, workflows }: CheckFacts,
  gallery: readonly GalleryEntry[],
): readonly Coverage[] {
  const templates = index?.templates ?? [];
  const all = templates.length;
  const models = [...workflows.values()].flatMap((workflow) => workflow.models);
  const count = (has: (one: typeof templates[number]) => boolean) => templates.filter(has).length;
  return [
    { name: "Workflow", have: count(({ name }) => workflows.has(name)), all },
    { name: "Thumbnail", have: gallery.filter(({ file }) => file !== undefined).length, all },
    { name: "Tags", have: count(({ tags }) => tags.length > 0), all },
    { name: "Tutorial", have: count(({ tutorialUrl }) => Boolean(tutorialUrl)), all },
    { name: "Without faults", have: gallery.filter(({ faults }) => faults === 0).length, all },
    {
      name: "Models with an address",
      have: models.filter(({ url }) => url !== undefined).length,
      all: models.length,
    },
    {
      name: "Translated descriptions",
      have: locales.reduce((sum, locale) => {
        const texts = new Map(locale.templates.map((one) => [one.name, one.description]));
        return sum +
          count(({ name, description }) => texts.has(name) && texts.get(name) !== description);
      }, 0),
      all: all * locales.length,
    },
  ];
}

function growthOf({ index }: CheckFacts): TemplateReport["growth"] {
  const months = (index?.templates ?? [])
    .flatMap(({ date }) => date && /^\d{4}-\d{2}-\d{2}$/.test(date) ? [date.slice(0, 7)] : [])
    .sort();
  const counts = new Map<string, number>();
  for (const [at, month] of months.entries()) counts.set(month, at + 1);
  return [...counts].map(([month, templates]) => ({ month, templates }));
}
