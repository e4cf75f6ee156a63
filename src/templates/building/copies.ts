import { Buffer } from "node:buffer";
import { join } from "node:path";
import { ComfydockError, fileError } from "../../base/mod.ts";
import { packagedIndexText } from "../contents/mod.ts";
import type { PackageFile } from "../contents/mod.ts";
import { templateErrors } from "../errors.ts";
import { indexAt, type RepositorySide } from "../packages/mod.ts";
import type { TemplatePackage } from "../types.ts";
import type { CopyFault } from "./types.ts";

/** Finds copies that are missing in the directory of a package, or are not what they were made from. */
export async function checkCopies(
  root: string,
  side: RepositorySide,
  id: string,
  files: readonly PackageFile[],
): Promise<readonly CopyFault[]> {
  const faults: CopyFault[] = [];
  for (const file of files) {
    if (file.kind === "own") continue;
    const present = await readIfThere(join(root, file.target));
    const { target, source } = file;
    if (!present) faults.push({ package: id, target, source, fault: "missing" });
    else if (!await isCopy(root, side, file, present)) {
      faults.push({ package: id, target, source, fault: "outdated" });
    }
  }
  return faults;
}

async function isCopy(
  root: string,
  side: RepositorySide,
  { kind, source }: PackageFile,
  present: Uint8Array,
): Promise<boolean> {
  if (kind === "copy") {
    const original = await readIfThere(join(root, source));
    return original !== undefined && Buffer.compare(original, present) === 0;
  }
  const index = indexAt(side, source);
  const wanted = index ? packagedIndexText(index, side.excluded) : "";
  return Buffer.compare(new TextEncoder().encode(wanted), present) === 0;
}

/** Files that lie among the copies of a package and that it does not ship, such as those of templates that are gone. */
export async function unplannedFiles(
  { repository: { files } }: RepositorySide,
  { moduleDirectory, kind }: TemplatePackage,
  planned: readonly PackageFile[],
): Promise<readonly string[]> {
  const name = kind === "blueprints" ? "blueprints" : "templates";
  if (kind === "meta" || kind === "core" || kind === "other") return [];
  const known = new Set(planned.map(({ target }) => target));
  return (await files.list(`${moduleDirectory}/${name}`)).filter((path) => !known.has(path));
}

/** The error for copies that are not as they should be. */
export function copiesError(faults: readonly CopyFault[]): ComfydockError {
  const shown = faults.slice(0, 10).map(({ target, fault }) => `${target} (${fault})`);
  const more = faults.length > shown.length ? [`and ${faults.length - shown.length} more`] : [];
  return new ComfydockError(
    templateErrors.E_COPIES,
    `Cannot build: packages lack files that they ship: ${[...shown, ...more].join(", ")}`,
    { hint: "Run `comfydock templates sync`", details: { files: faults } },
  );
}

/** The error for files that another builder would pack although no package ships them. */
export function unplannedError(paths: readonly string[]): ComfydockError {
  return new ComfydockError(
    templateErrors.E_COPIES,
    `Cannot build: ${paths[0]} belongs to no template, and would be packed${
      paths.length > 1 ? `, as ${paths.length - 1} more` : ""
    }`,
    { hint: "Remove it, or build with --builder native", details: { files: paths } },
  );
}

async function readIfThere(file: string): Promise<Uint8Array | undefined> {
  try {
    return await Deno.readFile(file);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw fileError("Cannot read", file, error);
  }
}
