import { dirname } from "node:path";
import { type Checkpoints, fileError } from "../../base/mod.ts";
import { clearTheWay, lookAt, movePath, onSameDevice, removeTree } from "../disk/mod.ts";
import type { WorkspaceLayout } from "../layout.ts";
import { moveToTrash, prepareTrashEntry, trashContent, trashDirectory } from "../trash/mod.ts";
import { backupPath, environmentOfScope, type JournalPlace } from "./place.ts";
import type { BeginRecord, FileRecord } from "./records.ts";

/** What the steps of a transaction need to know. */
export interface StepContext {
  readonly layout: WorkspaceLayout;
  readonly place: JournalPlace;
  readonly begin: BeginRecord;
  readonly checkpoints: Checkpoints;
}

/** Carries out a record that is on disk. */
export async function applyStep(context: StepContext, record: FileRecord): Promise<void> {
  const { layout, place, checkpoints: { reach } } = context;
  switch (record.op) {
    case "replace":
      if (record.had) {
        await movePath(record.target, backupPath(place, record.n));
        reach(`journal:saved:${record.n}`);
      }
      await makeParents(record.made);
      await movePath(record.staged, record.target);
      return reach(`journal:replaced:${record.n}`);
    case "remove":
      await movePath(record.target, backupPath(place, record.n));
      return reach(`journal:removed:${record.n}`);
    case "move":
      await makeParents(record.made);
      await movePath(record.from, record.to);
      return reach(`journal:moved:${record.n}`);
    case "trash":
      await prepareTrashEntry(layout, record.entry, record.target, reasonOf(context));
      reach(`journal:labelled:${record.n}`);
      await movePath(record.target, trashContent(layout, record.entry, record.target));
      return reach(`journal:trashed:${record.n}`);
  }
}

/**
 * Takes back a record, whatever part of it was done; it looks at what exists, so it can be repeated after a crash.
 *
 * What stands in the way and is not of this transaction goes to the trash.
 */
export async function undoStep(context: StepContext, record: FileRecord): Promise<void> {
  switch (record.op) {
    case "replace":
      return await undoReplace(context, record);
    case "remove": {
      const backup = backupPath(context.place, record.n);
      await clearTheWay(record.target, backup);
      return await bringBack(context, backup, record.target);
    }
    case "move":
      return await undoMove(record);
    case "trash":
      return await undoTrash(context, record);
  }
}

type Of<Op extends FileRecord["op"]> = Extract<FileRecord, { op: Op }>;

async function undoReplace(context: StepContext, record: Of<"replace">): Promise<void> {
  const { target, staged, had } = record;
  const backup = backupPath(context.place, record.n);
  await clearTheWay(target, backup);
  await clearTheWay(staged, target);
  const saved = had && await lookAt(backup) !== undefined;
  const placed = !await lookAt(staged) && await lookAt(target) !== undefined;
  if (placed && (saved || !had)) await movePath(target, staged);
  else if (!had && await isCopyOf(staged, target)) await removeTree(target);
  if (saved) await bringBack(context, backup, target);
  await removeParents(record.made);
}

async function undoMove({ from, to, made }: Of<"move">): Promise<void> {
  await clearTheWay(from, to);
  if (!await lookAt(from)) {
    if (await lookAt(to)) await movePath(to, from);
  } else if (await isCopyOf(from, to)) await removeTree(to);
  await removeParents(made);
}

async function undoTrash(context: StepContext, { target, entry }: Of<"trash">): Promise<void> {
  const content = trashContent(context.layout, entry, target);
  await clearTheWay(target, content);
  const trashed = await lookAt(content) !== undefined;
  if (trashed && !await lookAt(target)) await movePath(content, target);
  else if (trashed && !await isCopyOf(target, content)) return;
  await removeTree(trashDirectory(context.layout, entry));
}

/** Both ends of a move exist only while it copies between file systems, and then both are whole. */
async function isCopyOf(from: string, to: string): Promise<boolean> {
  return await lookAt(from) !== undefined && await lookAt(to) !== undefined &&
    !await onSameDevice(dirname(from), dirname(to));
}

async function bringBack(context: StepContext, backup: string, target: string): Promise<void> {
  if (!await lookAt(backup)) return;
  if (await lookAt(target)) {
    if (await isCopyOf(backup, target)) await removeTree(target);
    else await moveToTrash(context.layout, target, reasonOf(context));
  }
  await movePath(backup, target);
}

function reasonOf({ begin }: StepContext): {
  command: string;
  at: string;
  environment?: string;
} {
  return {
    command: begin.command,
    at: begin.at,
    environment: environmentOfScope(begin.scope),
  };
}

/** The parents of a path that do not exist, outermost first. */
export async function missingParents(path: string): Promise<readonly string[]> {
  const missing: string[] = [];
  for (let at = dirname(path); !await lookAt(at) && dirname(at) !== at; at = dirname(at)) {
    missing.unshift(at);
  }
  return missing;
}

async function makeParents(made: readonly string[]): Promise<void> {
  for (const path of made) {
    try {
      await Deno.mkdir(path, { recursive: true });
    } catch (error) {
      throw fileError("Cannot create", path, error);
    }
  }
}

async function removeParents(made: readonly string[]): Promise<void> {
  for (const path of made.toReversed()) {
    try {
      await Deno.remove(path);
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) continue;
      // Somebody has put something in; then it is theirs.
      if (/not empty|os error (39|66|145)\)/i.test(String(error))) return;
      throw fileError("Cannot remove", path, error);
    }
  }
}
