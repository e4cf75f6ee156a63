import { redact } from "../../base/mod.ts";
import type { HttpClient, HttpRequest, OpenAnswer, Received, Streaming } from "../types.ts";
import {
  cutShort,
  lengthWrong,
  pageInsteadOfFile,
  restarted,
  tooLarge,
  unexpectedStatus,
} from "./faults.ts";
import { judgeAnswer } from "./judge_answer.ts";
import type { PartFile } from "./part_file.ts";
import type { FileDownload } from "./types.ts";

/** What one read of a body may bring, in bytes. */
const READ_BYTES = 1024 * 1024;
const MAX_PAGE_BYTES = 16 * 1024;

/** The way of one file from its server into the `.part`, over as many requests as it takes. */
export class Transfer implements Streaming<void> {
  readonly #part: PartFile;
  readonly #download: FileDownload;
  #total: number | undefined;
  #reached: number;
  #farthest: number;
  /** Where the answer came from, after redirects. */
  url: string;
  /** The name that the server gives the file, cleaned. */
  name: string | undefined;
  /** Bytes of an earlier run that are part of the file. */
  kept: number;

  constructor(part: PartFile, download: FileDownload) {
    const { offset, note } = part.state;
    this.#part = part;
    this.#download = download;
    this.#total = note?.size ?? download.size;
    this.#reached = this.#farthest = this.kept = offset;
    this.url = String(download.url);
    this.name = note?.name;
  }

  /** Fetches what is missing. */
  async run(http: HttpClient): Promise<void> {
    const { offset, note } = this.#part.state;
    if (offset > 0 && offset === note?.size) return;
    await http.stream(this);
  }

  request(): HttpRequest {
    const { offset, note } = this.#part.state;
    const range: Record<string, string> = offset > 0 && note !== undefined
      ? { range: `bytes=${offset}-`, "if-range": note.validator }
      : {};
    const { url, headers, silenceMs, retries, signal } = this.#download;
    return {
      url,
      headers: { ...headers, "accept-encoding": "identity", ...range },
      accept: [416],
      timeoutMs: silenceMs,
      retries,
      signal,
    };
  }

  progressed(): boolean {
    const further = this.#reached > this.#farthest;
    this.#farthest = Math.max(this.#farthest, this.#reached);
    return further;
  }

  async receive(answer: OpenAnswer): Promise<Received<void>> {
    const { url, status, headers } = answer;
    if (status !== 416) await this.#refusePage(answer);
    if (![200, 203, 206, 416].includes(status)) throw unexpectedStatus(url, status);
    const judgement = judgeAnswer(
      this.#part.state,
      status,
      headers,
      redact(String(this.#download.url)),
    );
    this.url = url;
    if (judgement.kind === "complete") return { kind: "done", value: undefined };
    if (judgement.kind === "restart") {
      await this.#begin(undefined);
      return { kind: "again", error: restarted(url, judgement.why) };
    }
    this.#total = this.#agreedTotal(url, judgement.total);
    if (judgement.kind === "begin") {
      await this.#begin(judgement.note);
      this.name = judgement.name;
    }
    await this.#checkSpace();
    await this.#readAll(answer);
    const { offset } = this.#part.state;
    if (this.#total === undefined || offset === this.#total) {
      return { kind: "done", value: undefined };
    }
    return { kind: "again", error: cutShort(url, offset, this.#total) };
  }

  async #begin(note: PartFile["state"]["note"]): Promise<void> {
    await this.#part.begin(note);
    this.kept = 0;
  }

  #agreedTotal(url: string, announced: number | undefined): number | undefined {
    const { size, maxBytes } = this.#download;
    if (announced !== undefined && size !== undefined && announced !== size) {
      throw lengthWrong(url, announced, size);
    }
    const total = announced ?? size;
    if (total !== undefined && total > maxBytes) throw tooLarge(url, maxBytes);
    return total;
  }

  async #checkSpace(): Promise<void> {
    const missing = (this.#total ?? 0) - this.#part.state.offset;
    if (missing > 0) await this.#download.checkSpace?.(missing);
  }

  async #readAll(answer: OpenAnswer): Promise<void> {
    const { maxBytes, onBytes } = this.#download;
    let buffer = new ArrayBuffer(READ_BYTES);
    for (let bytes; (bytes = await answer.read(buffer)) !== undefined;) {
      buffer = bytes.buffer;
      const reached = this.#part.state.offset + bytes.length;
      if (this.#total !== undefined && reached > this.#total) {
        await this.#begin(undefined);
        throw lengthWrong(answer.url, reached, this.#total);
      }
      if (reached > maxBytes) {
        await this.#begin(undefined);
        throw tooLarge(answer.url, maxBytes);
      }
      this.#part.append(bytes);
      this.#reached = Math.max(this.#reached, reached);
      onBytes?.(reached, this.#total);
    }
  }

  /** A page of HTML is what a login, a consent or an error looks like; nobody keeps models in one. */
  async #refusePage(answer: OpenAnswer): Promise<void> {
    const type = answer.headers.get("content-type");
    if (!/^\s*(?:text\/html|application\/xhtml)/i.test(type ?? "")) return;
    if (/\.x?html?$/i.test(this.#download.target)) return;
    const start = await answer.read(new ArrayBuffer(MAX_PAGE_BYTES)) ?? new Uint8Array();
    throw pageInsteadOfFile(answer.url, this.#download.target, start, type);
  }
}
