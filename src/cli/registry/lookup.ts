import { ComfydockError } from "../../base/mod.ts";
import { type LookupAnswer, lookupNode, mappingErrors } from "../../mappings/lookups/mod.ts";
import type { Outcome, Style } from "../../output/mod.ts";
import type { CommandContext, InputOf } from "../types.ts";
import type { lookupOptions } from "./query_options.ts";
import { withQueryIndex } from "./query_index.ts";

/** What `registry lookup` tells. */
export interface LookupData {
  readonly node_type: string;
  /** The mappings that were asked. */
  readonly source: string;
  /** Best first. */
  readonly answers: readonly LookupAnswer[];
}

/** Tells which packages provide a node class; exit code 4 when none does. */
export async function run(
  { options, args }: InputOf<typeof lookupOptions>,
  context: CommandContext,
): Promise<Outcome<LookupData>> {
  const nodeType = args[0]!;
  const { signature } = options;
  const { source, answers } = await withQueryIndex(nodeType, options, context, (index) => ({
    source: index.name,
    answers: lookupNode(index, nodeType, { signature }),
  }));
  if (answers.length > 0) return { data: { node_type: nodeType, source, answers } };
  throw new ComfydockError(
    mappingErrors.NODE_NOT_FOUND,
    `Cannot find a package that provides "${nodeType}"`,
    {
      hint: `Look for similar names: comfydock registry search ${JSON.stringify(nodeType)}`,
      details: { node_type: nodeType, source },
    },
  );
}

const EVIDENCE: Readonly<Record<LookupAnswer["evidence"], string>> = {
  builtin: "part of ComfyUI itself",
  signature: "has the class with this very signature",
  preemption: "takes this name over from others",
  type: "has a class of this name",
  pattern: "makes such names at run time",
};

/** A package a paragraph, the best first. */
export function view({ node_type, answers }: LookupData, style: Style): string[] {
  return [
    `${style.bold(node_type)} is provided by`,
    ...answers.flatMap(({ rank, package_id, evidence, version, live, package: pack }) => [
      `${rank}. ${style.bold(package_id)}${version ? ` ${version}` : ""}  ${
        pack?.display_name ?? ""
      }`.trimEnd(),
      `   ${EVIDENCE[evidence]}${
        live ? "" : style.yellow("; only in deprecated or withdrawn versions")
      }`,
      ...(pack?.repository ? [`   ${style.cyan(pack.repository)}`] : []),
    ]),
  ];
}
