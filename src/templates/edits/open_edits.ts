import { ComfydockError, nearest } from "../../base/mod.ts";
import { templateErrors } from "../errors.ts";
import { type FindingCode, requireSound } from "../findings/mod.ts";
import {
  isId,
  localeFiles,
  manifestPath,
  openRepository,
  readIndexes,
  readManifestFile,
  suggestId,
  workingFiles,
} from "../repository/mod.ts";
import type { TemplateIndex, TemplateManifest, TemplateRepository } from "../types.ts";
import { EditSession } from "./session.ts";
import type { EditPlan } from "./types.ts";

/** A repository while it is edited. */
export interface Edits {
  /** Absolute path. */
  readonly root: string;
  readonly repository: TemplateRepository;
  readonly index: TemplateIndex;
  readonly locales: readonly TemplateIndex[];
  readonly manifest?: TemplateManifest;
  readonly manifestFile?: string;
  /** Every file that has an entry for each template: the index, its translations, the one for agents. */
  readonly indexFiles: readonly string[];
  readonly session: EditSession;
}

/** What keeps files from being edited; other faults may be what the edit repairs. */
const BLOCKING: ReadonlySet<FindingCode> = new Set([
  "E_JSON_SYNTAX",
  "E_JSON_SHAPE",
  "E_BAD_BUNDLE",
]);

/**
 * Reads all that edits of templates touch.
 *
 * @param root Absolute path of the repository.
 * @throws `E_BAD_REPOSITORY` when one of the files is no JSON of the right shape
 */
export async function openEdits(root: string): Promise<Edits> {
  const files = workingFiles(root);
  const repository = await openRepository(files);
  const { config } = repository;
  const read = await readIndexes(files, config);
  const manifest = await readManifestFile(repository);
  const findings = [...repository.findings, ...read.findings, ...manifest.findings];
  requireSound(findings.filter(({ code }) => BLOCKING.has(code)), "Cannot edit the templates");
  const { index, locales } = read.value;
  if (!index) throw noIndex(config.index);
  const agents = config.index.replace(/\.json$/, ".mcp.json");
  const hasAgents = await files.read(agents) !== undefined;
  return {
    root,
    repository,
    index,
    locales,
    manifest: manifest.value,
    manifestFile: manifest.value && manifestPath(repository),
    indexFiles: [
      config.index,
      ...(await localeFiles(files, config)).values(),
      ...hasAgents ? [agents] : [],
    ],
    session: new EditSession(files),
  };
}

/** Everything that the edits so far change. */
export function finishEdits(
  { session }: Edits,
  templates: readonly string[],
  notes: readonly string[] = [],
): EditPlan {
  return { templates, moved: session.moved, changes: session.changes(), notes };
}

/**
 * Lets only an id pass that is nowhere yet.
 *
 * @param except Ids that give way to it.
 * @throws `E_BAD_TEMPLATE`, `E_TEMPLATE_EXISTS`
 */
export function requireNewId(
  { repository: { bundles }, index }: Edits,
  id: string,
  except: readonly string[] = [],
): void {
  if (!isId(id)) {
    throw new ComfydockError(
      templateErrors.E_BAD_TEMPLATE,
      `Cannot call a template ${JSON.stringify(id)}: ids are letters, digits, ".", "_" and "-"`,
      { hint: `Call it "${suggestId(id)}"` },
    );
  }
  const known = [...bundles.bundleOf.keys(), ...index.templates.map(({ name }) => name)];
  const other = known.find((one) =>
    !except.includes(one) && one.toLowerCase() === id.toLowerCase()
  );
  if (other === undefined) return;
  throw new ComfydockError(
    templateErrors.E_TEMPLATE_EXISTS,
    `Cannot call a template "${id}": there is "${other}" already`,
    { hint: "Choose an id that differs in more than case" },
  );
}

/** Whether the index or a bundle has an id, before any edit. */
export function isKnown(edits: Edits, id: string): boolean {
  return knownIds(edits).has(id);
}

function knownIds({ repository: { bundles }, index }: Edits): ReadonlySet<string> {
  const written = bundles.list.flatMap(({ ids }) => ids);
  return new Set([...written, ...index.templates.map(({ name }) => name)]);
}

/**
 * Lets only an id pass that the index or a bundle has.
 *
 * @throws `E_NO_TEMPLATE` with the id that is nearest
 */
export function requireTemplate(edits: Edits, id: string): void {
  const known = knownIds(edits);
  if (known.has(id)) return;
  const near = nearest(id, [...known]);
  throw new ComfydockError(templateErrors.E_NO_TEMPLATE, `Cannot find the template "${id}"`, {
    hint: near === undefined
      ? "Run `comfydock templates stats` to see what there is"
      : `Did you mean "${near}"?`,
  });
}

function noIndex(path: string): ComfydockError {
  return new ComfydockError(
    templateErrors.E_BAD_REPOSITORY,
    `Cannot edit the templates: there is no "${path}"`,
    { hint: "Add the file, or name it as `index` in templates.config.json" },
  );
}
