import { compareCodePoints } from "../../base/mod.ts";
import { ownerOfFile } from "../repository/mod.ts";

/** How often the files of a template were asked for. */
export interface TemplateUsage {
  readonly id: string;
  readonly requests: number;
  /** Of these, those of its workflow. */
  readonly opened: number;
}

// Common and combined log format: the request stands in the first pair of quotes, the status behind it.
const REQUEST = /"(?:GET|HEAD) ([^" ]+)[^"]*" (\d{3})/;

/**
 * Counts in the access log of a server how often templates were asked for; those never asked for are counted with 0.
 *
 * @param lines Of the common or combined log format; others are passed over.
 */
export async function countUsage(
  lines: AsyncIterable<string> | Iterable<string>,
  ids: ReadonlySet<string>,
): Promise<readonly TemplateUsage[]> {
  const counts = new Map([...ids].map((id) => [id, { requests: 0, opened: 0 }]));
  for await (const line of lines) {
    const [, target = "", status = ""] = REQUEST.exec(line) ?? [];
    if (!/^[23]/.test(status)) continue;
    const name = target.replace(/[?#].*$/, "").replace(/^.*\//, "");
    const count = counts.get(ownerOfFile(name, ids)?.id ?? "");
    if (!count) continue;
    count.requests++;
    if (name.endsWith(".json")) count.opened++;
  }
  return [...counts].map(([id, count]) => ({ id, ...count })).sort((left, right) =>
    right.opened - left.opened || right.requests - left.requests ||
    compareCodePoints(left.id, right.id)
  );
}
