import { formatCount, type Outcome, type Style } from "../../../output/mod.ts";
import { countFindings, type Finding, sortFindings } from "../../../templates/mod.ts";
import { checkTemplates } from "../../../templates/checks/mod.ts";
import { collectLinks, type LinkAnswer } from "../../../templates/links/mod.ts";
import type { CommandContext, InputOf } from "../../types.ts";
import { renderFindings } from "../findings_view.ts";
import { readNamedFacts } from "./facts.ts";
import type { linksOptions } from "./options.ts";

/** What `templates links` found. */
export interface LinksData {
  readonly online: boolean;
  readonly errors: number;
  readonly warnings: number;
  readonly links: readonly {
    readonly url: string;
    /** `unchecked` without `--online`. */
    readonly state: LinkAnswer["state"] | "unchecked";
    readonly status: number | null;
    readonly reason: string | null;
    readonly places: readonly {
      readonly file: string;
      readonly line: number | null;
      readonly from: "model" | "note" | "tutorial";
    }[];
  }[];
  readonly findings: readonly Finding[];
}

/** Checks the addresses that templates give. */
export async function run(
  { options: { online, allow, skip, timeout, retries, ...choice } }: InputOf<typeof linksOptions>,
  context: CommandContext,
): Promise<Outcome<LinksData>> {
  const { facts } = await readNamedFacts(choice, context);
  const found = collectLinks(facts);
  const offline = checkTemplates(facts, "links");
  const report = online
    ? await (await import("../../../templates/links/mod.ts")).followLinks(
      await context.http({ retries }),
      found,
      {
        ...(allow.length > 0 && { allow }),
        skip: [...skip, ...facts.whitelist.addresses],
        timeoutMs: timeout * 1000,
        signal: context.signal,
      },
    )
    : undefined;
  const answers = new Map(report?.answers.map((answer) => [answer.url, answer]));
  const findings = sortFindings([...offline, ...report?.findings ?? []]);
  const { errors, warnings } = countFindings(findings);
  return {
    data: {
      ...{ online, errors, warnings },
      links: found.map(({ url, places }) => {
        const answer = answers.get(url);
        return {
          url,
          state: answer?.state ?? "unchecked",
          status: answer?.status ?? null,
          reason: answer?.reason ?? null,
          places: places.map(({ file, line, from }) => ({ file, line: line ?? null, from })),
        };
      }),
      findings,
    },
    exit: errors > 0 ? 1 : 0,
  };
}

/** The findings, and how many addresses there are. */
export function view({ links, findings, online }: LinksData, style: Style): readonly string[] {
  const alive = links.filter(({ state }) => state === "alive").length;
  return [
    ...findings.length > 0 ? renderFindings(findings, style) : [],
    online
      ? `${formatCount(alive)} of ${formatCount(links.length)} addresses lead somewhere`
      : `${formatCount(links.length)} addresses; --online asks their servers`,
  ];
}
