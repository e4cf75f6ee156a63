import { ComfydockError, compareCodePoints } from "../../base/mod.ts";
import { editJson, type JsonEdit, type JsonPath, rangeOfJson } from "../../workflows/json/mod.ts";
import type { FileChange } from "../changes/mod.ts";
import { templateErrors } from "../errors.ts";
import { requireSound } from "../findings/mod.ts";
import { decodeText, parseJsonDocument, type RepositoryFiles } from "../repository/mod.ts";
import { type Splice, spliceBetween } from "./splices.ts";
import type { FileMove } from "./types.ts";

/** No picture, sound or workflow is larger. */
const MAX_FILE_BYTES = 512 * 1024 ** 2;
/** Stands for a text that is put in unchanged. */
const PLACEHOLDER = "\ue000as it is\ue000";

interface FileState {
  readonly before?: Uint8Array<ArrayBuffer>;
  readonly after?: Uint8Array<ArrayBuffer>;
}

/** Changes of files that are gathered before any of them is carried out; what was changed reads as changed. */
export class EditSession {
  readonly #files: RepositoryFiles;
  readonly #states = new Map<string, FileState>();
  readonly #moved: FileMove[] = [];
  #record: Map<string, Splice[] | undefined> | undefined;

  /**
   * Starts without any change.
   *
   * @param files The working copy.
   */
  constructor(files: RepositoryFiles) {
    this.#files = files;
  }

  /** Begins to remember how texts change, so that it can be taken back to the byte. */
  startRecord(): void {
    this.#record = new Map();
  }

  /** How texts changed since the record began: splices by path, nothing for a file that was made. */
  get record(): ReadonlyMap<string, readonly Splice[] | undefined> {
    return this.#record ?? new Map();
  }

  /** The content as it is after the changes so far, or nothing where there is no file. */
  async read(path: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
    return (await this.#state(path)).after;
  }

  /** The text after the changes so far, or nothing where there is no file. */
  async text(path: string): Promise<string | undefined> {
    const content = await this.read(path);
    return content && decodeText(content);
  }

  /**
   * What a JSON file holds after the changes so far; nothing where there is no file.
   *
   * @throws `E_BAD_REPOSITORY` for what is not JSON
   */
  async json(path: string): Promise<unknown> {
    const content = await this.read(path);
    if (!content) return undefined;
    const { value: document, findings } = parseJsonDocument(path, content);
    requireSound(findings, "Cannot edit the templates");
    return document?.value;
  }

  /** A value of a JSON file as it is written there, or nothing where the path leads nowhere. */
  async textAt(path: string, at: JsonPath): Promise<string | undefined> {
    const text = await this.text(path);
    const range = text === undefined ? undefined : rangeOfJson(text, at);
    return range && text?.slice(range.start, range.end);
  }

  /** Changes places of a JSON file; every other byte stays. */
  async edit(path: string, edits: readonly JsonEdit[]): Promise<void> {
    for (const edit of edits) {
      const text = await this.text(path);
      if (text !== undefined) await this.#setText(path, editJson(text, [edit]));
    }
  }

  /** Puts a value into a JSON file as it is written elsewhere, digits and blanks included. */
  async insertText(path: string, at: JsonPath, raw: string): Promise<void> {
    const text = await this.text(path) ?? "";
    const end = text.includes("\r\n") ? "\r\n" : "\n";
    const edited = editJson(text, [{ path: at, value: PLACEHOLDER, insert: true }]);
    const put = raw.replace(/\r?\n/g, end);
    await this.#setText(path, edited.replace(JSON.stringify(PLACEHOLDER), () => put));
  }

  /**
   * Adds a file.
   *
   * @throws `E_FILE_EXISTS`
   */
  async create(path: string, content: string | Uint8Array<ArrayBuffer>): Promise<void> {
    const state = await this.#state(path);
    if (state.after) throw fileExists(path);
    if (typeof content === "string") this.#record?.set(path, undefined);
    const after = typeof content === "string" ? new TextEncoder().encode(content) : content;
    this.#states.set(path, { ...state, after });
  }

  /** Takes a file away. */
  async remove(path: string): Promise<void> {
    const { before } = await this.#state(path);
    this.#states.set(path, { before });
  }

  /** Replaces the text of a file. */
  async replace(path: string, text: string): Promise<void> {
    await this.#state(path);
    await this.#setText(path, text);
  }

  /**
   * Gives a file another place.
   *
   * @throws `E_FILE_EXISTS`
   */
  async move(from: string, to: string): Promise<void> {
    const content = await this.read(from);
    if (!content || from === to) return;
    await this.create(to, content);
    await this.remove(from);
    this.#moved.push({ from, to });
  }

  /** The files that were given another place. */
  get moved(): readonly FileMove[] {
    return this.#moved;
  }

  /** What has to be carried out: first what goes, then what is written, in the order of paths. */
  changes(): readonly FileChange[] {
    return [...this.#states].flatMap(([path, { before, after }]): FileChange[] =>
      same(before, after) ? [] : [{ path, before, after }]
    ).sort((left, right) =>
      Number(left.after !== undefined) - Number(right.after !== undefined) ||
      compareCodePoints(left.path, right.path)
    );
  }

  async #setText(path: string, text: string): Promise<void> {
    const { before, after } = await this.#state(path);
    if (after && this.#record) {
      const splice = spliceBetween(decodeText(after), text);
      // Of a file that the record saw made nothing but that is remembered.
      if (!this.#record.has(path)) this.#record.set(path, []);
      if (splice) this.#record.get(path)?.push(splice);
    }
    this.#states.set(path, { before, after: new TextEncoder().encode(text) });
  }

  async #state(path: string): Promise<FileState> {
    const known = this.#states.get(path);
    if (known) return known;
    const before = await this.#files.read(path, MAX_FILE_BYTES);
    const state = { before, after: before };
    this.#states.set(path, state);
    return state;
  }
}

function same(left: Uint8Array | undefined, right: Uint8Array | undefined): boolean {
  if (left === right) return true;
  return left !== undefined && right?.length === left.length &&
    left.every((byte, at) => byte === right[at]);
}

function fileExists(path: string): ComfydockError {
  return new ComfydockError(
    templateErrors.E_FILE_EXISTS,
    `Cannot write "${path}": the file is there already`,
    { hint: "Choose another id, or move the file away first", details: { path } },
  );
}
