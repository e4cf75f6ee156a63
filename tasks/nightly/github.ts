import {
  optional,
  readBoolean,
  readList,
  readNumber,
  readRecord,
  readText,
} from "../../src/base/mod.ts";
import type { HttpClient, HttpRequest } from "../../src/http/mod.ts";

/** A release, as far as it matters here. */
export interface Release {
  readonly id: number;
  readonly tag: string;
  readonly draft: boolean;
  readonly uploadUrl: string;
  readonly assets: ReadonlyMap<string, string>;
}

/** An issue, as far as it matters here. */
export interface Issue {
  readonly number: number;
  readonly body: string;
}

const PAGE = 100;
const MOST_PAGES = 20;
const MAX_ASSET_BYTES = 1 << 30;
const UPLOAD_MS = 600_000;

/** GitHub's API for one repository. */
export class GitHub {
  readonly #http: HttpClient;
  readonly #base: string;
  readonly #headers: Readonly<Record<string, string>>;

  constructor(
    http: HttpClient,
    { apiUrl, repository, token }: {
      readonly apiUrl: string;
      readonly repository: string;
      readonly token: string;
    },
  ) {
    this.#http = http;
    this.#base = `${apiUrl.replace(/\/+$/, "")}/repos/${repository}`;
    this.#headers = {
      accept: "application/vnd.github+json",
      "x-github-api-version": "2022-11-28",
      ...(token === "" ? {} : { authorization: `Bearer ${token}` }),
    };
  }

  /** Every release, drafts too. */
  async releases(): Promise<readonly Release[]> {
    return (await this.#pages("/releases?")).map(parseRelease);
  }

  /** Makes a draft, which nobody sees until it is published; it is never the latest release. */
  async draftRelease(tag: string, body: string): Promise<Release> {
    const value = { tag_name: tag, name: tag, body, draft: true, make_latest: "false" };
    return parseRelease(await this.#json({ url: "/releases", method: "POST", body: value }), "$");
  }

  /** Publishes a draft. */
  async publishRelease({ id }: Release): Promise<void> {
    const body = { draft: false, make_latest: "false" };
    await this.#json({ url: `/releases/${id}`, method: "PATCH", body });
  }

  /** Removes a release and its tag. */
  async deleteRelease({ id, tag, draft }: Release): Promise<void> {
    await this.#send({ url: `${this.#base}/releases/${id}`, method: "DELETE", accept: [404] });
    if (draft) return;
    const url = `${this.#base}/git/refs/tags/${encodeURIComponent(tag)}`;
    await this.#send({ url, method: "DELETE", accept: [404, 422] });
  }

  /** Adds a file to a release. */
  async upload({ uploadUrl }: Release, name: string, body: Uint8Array<ArrayBuffer>): Promise<void> {
    const url = new URL(uploadUrl);
    url.searchParams.set("name", name);
    await this.#send({
      url,
      method: "POST",
      body,
      headers: { "content-type": "application/octet-stream" },
      timeoutMs: UPLOAD_MS,
    });
  }

  /** The bytes of a file of a release. */
  async download(assetUrl: string): Promise<Uint8Array<ArrayBuffer>> {
    const answer = await this.#send({
      url: assetUrl,
      headers: { accept: "application/octet-stream" },
      maxBytes: MAX_ASSET_BYTES,
    });
    return answer.body;
  }

  /** Every open issue; pull requests are left out. */
  async openIssues(): Promise<readonly Issue[]> {
    const found = await this.#pages("/issues?state=open&");
    return found.filter((one) => readRecord(one, "$").pull_request === undefined).map(parseIssue);
  }

  /** Opens an issue. */
  async openIssue(title: string, body: string): Promise<void> {
    await this.#json({ url: "/issues", method: "POST", body: { title, body } });
  }

  /** Adds a comment to an issue. */
  async comment({ number }: Issue, body: string): Promise<void> {
    await this.#json({ url: `/issues/${number}/comments`, method: "POST", body: { body } });
  }

  async #pages(path: string): Promise<readonly unknown[]> {
    const all: unknown[] = [];
    for (let page = 1; page <= MOST_PAGES; page++) {
      const url = `${path}per_page=${PAGE}&page=${page}`;
      const found = readList(await this.#json({ url }), "$");
      all.push(...found);
      if (found.length < PAGE) break;
    }
    return all;
  }

  async #json(
    { url, method, body }: {
      readonly url: string;
      readonly method?: HttpRequest["method"];
      readonly body?: unknown;
    },
  ): Promise<unknown> {
    const sent = body === undefined ? {} : {
      body: JSON.stringify(body),
      headers: { "content-type": "application/json" },
    };
    return (await this.#send({ url: `${this.#base}${url}`, method, json: true, ...sent })).json();
  }

  #send(request: HttpRequest) {
    return this.#http.send({ ...request, headers: { ...this.#headers, ...request.headers } });
  }
}

function parseRelease(value: unknown, at: string | number): Release {
  const path = `release ${at}`;
  const record = readRecord(value, path);
  const assets = readList(record.assets ?? [], `${path}.assets`).map((one, index) => {
    const asset = readRecord(one, `${path}.assets[${index}]`);
    return [readText(asset.name, `${path}.name`), readText(asset.url, `${path}.url`)] as const;
  });
  return {
    id: readNumber(record.id, `${path}.id`),
    tag: readText(record.tag_name, `${path}.tag_name`),
    draft: optional(record.draft, `${path}.draft`, readBoolean) ?? false,
    // It ends with a template of its parameters, such as `{?name,label}`.
    uploadUrl: readText(record.upload_url, `${path}.upload_url`).replace(/\{.*$/, ""),
    assets: new Map(assets),
  };
}

function parseIssue(value: unknown): Issue {
  const record = readRecord(value, "issue");
  return {
    number: readNumber(record.number, "issue.number"),
    body: optional(record.body, "issue.body", readText) ?? "",
  };
}
