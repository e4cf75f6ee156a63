import { counted, invalidData, parseJsonText, readTextBounded } from "../../../base/mod.ts";
import type { Outcome, Style } from "../../../output/mod.ts";
import { countFindings, type Finding } from "../../../templates/mod.ts";
import { checkTemplates } from "../../../templates/checks/mod.ts";
import { type KnownClasses, tryTemplate } from "../../../templates/trials/mod.ts";
import type { CommandContext, InputOf } from "../../types.ts";
import { renderFindings } from "../findings_view.ts";
import { readNamedFacts } from "./facts.ts";
import type { testOptions } from "./options.ts";

/** What `templates test` found. */
export interface TestData {
  readonly id: string;
  readonly passed: boolean;
  readonly nodes: number;
  readonly classes: readonly string[];
  /** Classes that ComfyUI does not offer; nothing where `--object-info` was not given. */
  readonly unknown_classes: readonly string[] | null;
  readonly models: readonly {
    readonly name: string;
    readonly directory: string | null;
    readonly url: string | null;
  }[];
  readonly packs: readonly string[];
  readonly findings: readonly Finding[];
}

const MAX_INFO_BYTES = 256 * 1024 ** 2;

/** Puts one template to the test. */
export async function run(
  { options: { objectInfo, ...choice }, args: [id = ""] }: InputOf<typeof testOptions>,
  context: CommandContext,
): Promise<Outcome<TestData>> {
  const { facts } = await readNamedFacts(choice, context);
  const known = objectInfo === undefined ? undefined : await readClasses(objectInfo);
  const report = tryTemplate(facts, id, checkTemplates(facts), known);
  const unknown = report.unknownClasses ?? null;
  const passed = countFindings(report.findings).errors === 0 && (unknown?.length ?? 0) === 0;
  return {
    data: {
      id,
      passed,
      nodes: report.nodes,
      classes: report.classes,
      unknown_classes: unknown,
      models: report.models.map(({ name, directory, url }) => ({
        name,
        directory: directory ?? null,
        url: url ?? null,
      })),
      packs: report.packs,
      findings: report.findings,
    },
    exit: passed ? 0 : 1,
  };
}

async function readClasses(path: string): Promise<KnownClasses> {
  const value: unknown = parseJsonText(await readTextBounded(path, MAX_INFO_BYTES), path);
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw invalidData(path, "an object of classes by name", value);
  }
  return new Set(Object.keys(value));
}

/** What was found, and the verdict. */
export function view(
  { id, passed, nodes, unknown_classes, models, findings }: TestData,
  style: Style,
): readonly string[] {
  return [
    ...findings.length > 0 ? renderFindings(findings, style) : [],
    ...(unknown_classes ?? []).map((name) => `${style.red("error")} ComfyUI offers no "${name}"`),
    `${passed ? style.green("passed") : style.red("failed")} ${id}: ${counted(nodes, "node")}, ${
      counted(models.length, "model")
    }`,
  ];
}
