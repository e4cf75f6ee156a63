import type { CheckedWorkflow, CheckFacts } from "../checks/mod.ts";
import { ComfydockError, nearest } from "../../base/mod.ts";
import { templateErrors } from "../errors.ts";
import type { Finding } from "../findings/mod.ts";
import { ownerOfFile } from "../repository/mod.ts";

/** Classes of nodes that a running ComfyUI offers, by their names. */
export type KnownClasses = ReadonlySet<string>;

/** What one template came to. */
export interface TrialReport {
  readonly id: string;
  readonly nodes: number;
  readonly classes: readonly string[];
  /** Classes that ComfyUI does not offer; absent where nobody told what it offers. */
  readonly unknownClasses?: readonly string[];
  readonly models: readonly {
    readonly name: string;
    readonly directory?: string;
    readonly url?: string;
  }[];
  readonly packs: readonly string[];
  /** Of this template, from all areas. */
  readonly findings: readonly Finding[];
}

/** Classes that only the editor knows. */
const OF_THE_EDITOR = new Set(["Note", "MarkdownNote", "Reroute", "PrimitiveNode"]);

/**
 * Looks at one template: its graph, its models, and whether ComfyUI offers its nodes.
 *
 * @param findings Of the whole repository.
 * @throws `E_NO_TEMPLATE`
 */
export function tryTemplate(
  { workflows, repository: { config, bundles } }: CheckFacts,
  id: string,
  findings: readonly Finding[],
  known?: KnownClasses,
): TrialReport {
  const workflow = workflows.get(id);
  if (!workflow) throw noTemplate(id, [...workflows.keys()]);
  const ids = new Set([...bundles.bundleOf.keys(), ...workflows.keys()]);
  const concerns = ({ file, details, message }: Finding) =>
    file.startsWith(`${config.templatesDir}/`) &&
      ownerOfFile(file.slice(config.templatesDir.length + 1), ids)?.id === id ||
    details?.id === id || details?.template === id || message.includes(`"${id}"`);
  return {
    id,
    nodes: workflow.nodes,
    classes: workflow.classes,
    ...(known && { unknownClasses: unknownClasses(workflow, known) }),
    models: workflow.models.map(({ name, directory, url }) => ({ name, directory, url })),
    packs: workflow.packs.map(({ id }) => id),
    findings: findings.filter(concerns),
  };
}

function unknownClasses({ classes }: CheckedWorkflow, known: KnownClasses): readonly string[] {
  return classes.filter((name) => !known.has(name) && !OF_THE_EDITOR.has(name));
}

function noTemplate(id: string, ids: readonly string[]): ComfydockError {
  const near = nearest(id, ids);
  return new ComfydockError(
    templateErrors.E_NO_TEMPLATE,
    `Cannot test "${id}": there is no such template`,
    { hint: near === undefined ? "Name the id of a workflow" : `Did you mean "${near}"?` },
  );
}
