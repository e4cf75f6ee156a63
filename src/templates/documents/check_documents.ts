import { posix } from "node:path";
import { type Finding, finding, sortFindings } from "../findings/mod.ts";
import { decodeText, isRecord, readJsonDocument } from "../repository/mod.ts";
import type { TemplateRepository } from "../types.ts";

/** Something that a page names. */
interface Mention {
  readonly kind: "file" | "script" | "task";
  readonly name: string;
  readonly line: number;
}

/** What may stand for any name, and so names no file. */
const PLACEHOLDER =
  /[*<>{}$]|\.\.\.|…|(?:^|[^a-z])(?:your|my|example|path_to|template_name)(?![a-z])/i;
const INTERPRETER =
  /(?:^|[\s&;|(])(?:python3?|uv run(?: python)?|node|bash|sh|deno run)\s+(?:-\S+\s+)*([\w./-]+\.(?:py|sh|m?js|ts))\b/g;
const TASK = /(?:^|[\s&;|(])(?:npm|pnpm|yarn) run ([\w:.-]+)/g;
const MAX_PAGE_BYTES = 4 * 1024 ** 2;

/**
 * Looks whether files, scripts and tasks that Markdown pages name are there.
 *
 * Links count as seen from their page; paths in code as seen from the root, when they begin with a directory of it.
 */
export async function checkDocuments(
  { files, config }: TemplateRepository,
): Promise<readonly Finding[]> {
  const paths = new Set<string>(await files.list("."));
  const directories = [...await files.directories("."), ".github"];
  for (const directory of new Set(directories)) {
    for (const path of await files.list(directory)) paths.add(path);
  }
  const tasks = await npmTasks(files);
  const findings: Finding[] = [];
  const tops = new Set(directories);
  for (const page of paths) {
    if (!page.endsWith(".md") || page.startsWith(`${config.archiveDir}/`)) continue;
    const content = await files.read(page, MAX_PAGE_BYTES);
    if (!content) continue;
    for (const mention of mentionsIn(decodeText(content), tops)) {
      const { kind, name, line } = mention;
      if (isThere(mention, page, paths, tasks)) continue;
      const what = kind === "task"
        ? `the task "${name}" of package.json`
        : `"${name.replace(/^\//, "")}"`;
      findings.push(
        finding(
          kind === "file" ? "W_DOC_FILE" : "W_DOC_SCRIPT",
          { file: page, line },
          `The page names ${what}, which is not there`,
        ),
      );
    }
  }
  return sortFindings(findings);
}

async function npmTasks(files: TemplateRepository["files"]): Promise<ReadonlySet<string>> {
  const { value } = await readJsonDocument(files, "package.json");
  const scripts = isRecord(value?.value) ? value.value.scripts : undefined;
  return new Set(isRecord(scripts) ? Object.keys(scripts) : []);
}

function mentionsIn(text: string, tops: ReadonlySet<string>): readonly Mention[] {
  let inBlock = false;
  return text.split(/\r?\n/).flatMap((content, at): Mention[] => {
    const line = at + 1;
    if (/^\s*(?:```|~~~)/.test(content)) {
      inBlock = !inBlock;
      return [];
    }
    const code = inBlock ? [content] : [...content.matchAll(/`([^`]+)`/g)].map(([, part]) => part!);
    const links = inBlock ? [] : [...content.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => link!);
    return [
      ...links.filter((link) => !/^(?:[a-z][a-z\d+.-]*:|#|\/\/)/i.test(link))
        .map((name): Mention => ({ kind: "file", name: name.replace(/[#?].*$/, ""), line })),
      ...code.flatMap((part) => [
        ...named(part, INTERPRETER, "script", line),
        ...named(part, TASK, "task", line),
      ]),
      // In a block anything may be an example; a path in a sentence means a file.
      ...inBlock
        ? []
        : code.flatMap((part): Mention[] =>
          /^[\w.-]+(?:\/[\w.-]+)+\.\w{1,5}$/.test(part) && tops.has(part.split("/")[0]!)
            ? [{ kind: "file", name: `/${part}`, line }]
            : []
        ),
    ].filter(({ name }) => !PLACEHOLDER.test(name));
  });
}

function named(
  text: string,
  pattern: RegExp,
  kind: Mention["kind"],
  line: number,
): readonly Mention[] {
  return [...text.matchAll(pattern)].map(([, name = ""]) => ({ kind, name, line }));
}

function isThere(
  { kind, name }: Mention,
  page: string,
  paths: ReadonlySet<string>,
  tasks: ReadonlySet<string>,
): boolean {
  if (kind === "task") return tasks.has(name);
  const decoded = decode(name);
  const fromRoot = posix.normalize(decoded.replace(/^\.?\//, "")).replace(/\/$/, "");
  const fromPage = posix.join(posix.dirname(page), decoded).replace(/\/$/, "");
  const candidates = decoded.startsWith("/") ? [fromRoot] : [fromPage, fromRoot];
  return candidates.some((path) =>
    path === "." || path === "" || path.startsWith("..") || paths.has(path) ||
    [...paths].some((one) => one.startsWith(`${path}/`))
  );
}

function decode(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    // A percent sign that begins no escape stands for itself.
    return name;
  }
}
