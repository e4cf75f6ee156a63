import { ComfydockError, redact, writeFileAtomic } from "../../../base/mod.ts";
import { type Outcome, redactDeep } from "../../../output/mod.ts";
import type { CommandContext } from "../../types.ts";

/** Where reports go. */
export interface ReportChoice {
  readonly report?: string;
  readonly reportJson?: string;
}

/** Runs work, and writes what came of it to the files that were named: also when it failed. */
export async function reported<Data extends object>(
  title: string,
  { report, reportJson }: ReportChoice,
  context: Pick<CommandContext, "warn">,
  work: () => Promise<Outcome<Data>>,
): Promise<Outcome<Data>> {
  const write = async (result: object, lines: readonly string[]) => {
    if (reportJson !== undefined) {
      await writeFileAtomic(reportJson, `${JSON.stringify(redactDeep(result), null, 2)}\n`);
    }
    if (report !== undefined) await writeFileAtomic(report, `${redact(lines.join("\n"))}\n`);
  };
  try {
    const outcome = await work();
    const ok = (outcome.exit ?? 0) === 0;
    await write(
      { ok, data: outcome.data },
      [`# ${title}`, "", ok ? "Done." : "Errors were found.", ...packageTable(outcome.data)],
    );
    return outcome;
  } catch (error) {
    const { message, code, hint, details } = error instanceof ComfydockError
      ? error
      : { message: String(error), code: "INTERNAL", hint: undefined, details: {} };
    const failed = { ok: false, error: { code, message, hint, details } };
    const writing = write(failed, [
      `# ${title}`,
      "",
      `Failed: ${message}`,
      ...hint === undefined ? [] : ["", `Hint: ${hint}`],
      ...Object.entries(details).flatMap(([name, value]) =>
        Array.isArray(value) && value.every((one) => typeof one === "string")
          ? ["", `## ${name}`, "", ...value.map((one) => `- ${one}`)]
          : []
      ),
    ]);
    try {
      await writing;
    } catch (unwritten) {
      // What failed counts for more than the report of it.
      context.warn("REPORT_UNWRITTEN", unwritten instanceof Error ? unwritten.message : "");
    }
    throw error;
  }
}

/** The packages of a result as a table, where it has some. */
function packageTable(data: object): readonly string[] {
  const packages: unknown = Reflect.get(data, "packages");
  if (!Array.isArray(packages) || packages.length === 0) return [];
  const text = (one: object, key: string) => String(Reflect.get(one, key) ?? "");
  return [
    "",
    "| package | version | what |",
    "|---|---|---|",
    ...packages.filter((one) => typeof one === "object" && one !== null).map((one: object) =>
      `| ${text(one, "name")} | ${text(one, "version")} | ${
        text(one, "state") || text(one, "action")
      } |`
    ),
  ];
}
