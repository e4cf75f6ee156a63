import { sameValue, withAt } from "../../pyproject/mod.ts";
import { packagedIndexText, type PackageFile } from "../contents/mod.ts";
import type { ComparedSide } from "./compared_side.ts";
import { indexAt } from "./side.ts";
import type { ChangeReason, ChangeRule, FilePlace } from "./types.ts";

/**
 * Tells in which files a package differs between two sides; both must have it, or one of them.
 *
 * @returns By file, in the order of code points of where it is packaged.
 */
export async function compareContents(
  id: string,
  before: ComparedSide,
  now: ComparedSide,
): Promise<readonly ChangeReason[]> {
  const old = new Map(before.contents.get(id)?.map((file) => [file.target, file]));
  const present = new Map(now.contents.get(id)?.map((file) => [file.target, file]));
  const reasons: ChangeReason[] = [];
  for (const target of [...new Set([...old.keys(), ...present.keys()])].sort()) {
    const [left, right] = [old.get(target), present.get(target)];
    const template = right?.id ?? left?.id;
    const more = template === undefined ? {} : { template };
    if (left && right) {
      const rule = await difference(left, right, id, before, now);
      if (rule) reasons.push({ rule, file: right.source, ...more });
    } else if (right) {
      const from = await counterpart(right, now, before);
      reasons.push({ rule: "added", file: right.source, ...more, ...(from && { from }) });
    } else if (left) {
      const to = await counterpart(left, before, now);
      reasons.push({ rule: "removed", file: left.source, ...more, ...(to && { to }) });
    }
  }
  return reasons;
}

async function difference(
  left: PackageFile,
  right: PackageFile,
  id: string,
  before: ComparedSide,
  now: ComparedSide,
): Promise<ChangeRule | undefined> {
  const same = !(left.source === right.source && now.files.isChanged(right.source)) &&
    await before.files.idOf(left.source) === await now.files.idOf(right.source);
  if (left.kind === "index" && right.kind === "index") {
    if (same && sameIds(before.excluded, now.excluded)) return undefined;
    return compareIndexes(textOf(left, before), textOf(right, now));
  }
  if (same) return undefined;
  return isVersionOnly(right.source, id, before, now) ? "version" : "changed";
}

function textOf({ source }: PackageFile, side: ComparedSide): string {
  const index = indexAt(side, source);
  return index ? packagedIndexText(index, side.excluded) : "";
}

function compareIndexes(left: string, right: string): ChangeRule | undefined {
  if (left === right) return undefined;
  const value = (text: string) => JSON.stringify(JSON.parse(text.replace(/^\ufeff/, "")));
  return left !== "" && right !== "" && value(left) === value(right) ? "formatting" : "changed";
}

function isVersionOnly(
  path: string,
  id: string,
  before: ComparedSide,
  now: ComparedSide,
): boolean {
  const packageOf = ({ repository: { packages, meta } }: ComparedSide) =>
    id === "meta" ? meta : packages.find((one) => one.id === id);
  const [old, present] = [packageOf(before), packageOf(now)];
  if (!old || !present || path !== present.pyproject) return false;
  const rest = ({ table }: typeof old) => withAt(table, ["project", "version"], undefined);
  return old.version !== present.version && sameValue(rest(old), rest(present));
}

/** Finds a file with the same content that only the other side has. */
async function counterpart(
  file: PackageFile,
  here: ComparedSide,
  there: ComparedSide,
): Promise<FilePlace | undefined> {
  const content = file.kind === "index" ? undefined : await here.files.idOf(file.source);
  if (content === undefined) return undefined;
  const known = new Set((await here.placesOf(content)).map(({ target }) => target));
  const found = (await there.placesOf(content)).find(({ target }) => !known.has(target));
  return found && { file: found.file, package: found.package };
}

function sameIds(left: ReadonlySet<string>, right: ReadonlySet<string>): boolean {
  return left.size === right.size && [...left].every((id) => right.has(id));
}
