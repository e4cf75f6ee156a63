import { redact } from "../../base/mod.ts";
import { invalidSource } from "./faults.ts";
import { parseAir, parseCivitaiUrl, parseCivitaiWords } from "./parse_civitai.ts";
import { parseHuggingFaceUrl, parseHuggingFaceWords } from "./parse_huggingface.ts";
import type { SourceHosts, WrittenSource } from "./types.ts";

const MAX_LENGTH = 4_000;
const NO_CREDENTIALS = "a manifest must hold no credentials";

/**
 * Reads where a model can be had: `hf:REPO[@REV]/PATH`, `civitai:VERSION[/FILE]`, addresses of both services, AIR urns,
 * any http or https URL, else a path.
 *
 * @throws `MODEL_SOURCE_INVALID`
 */
export function parseSource(text: string, hosts: SourceHosts): WrittenSource {
  const written = text.trim();
  if (written === "" || written.length > MAX_LENGTH || /\p{Cc}/u.test(written)) {
    throw invalidSource(written, "empty, too long, or with control characters");
  }
  const [, scheme = "", rest = ""] = /^([a-z][a-z0-9+.-]+):(.*)$/is.exec(written) ?? [];
  switch (scheme.toLowerCase()) {
    case "hf":
    case "huggingface":
      return parseHuggingFaceWords(rest.replace(/^\/\//, ""), written);
    case "civitai":
      return parseCivitaiWords(rest.replace(/^\/\//, ""), written);
    case "urn":
    case "air":
      return parseAir(written);
    case "http":
    case "https":
      return parseUrl(written, hosts);
    case "":
      return { kind: "path", path: written };
    case "file":
      return { kind: "path", path: pathOfUrl(written) };
    default:
      throw invalidSource(written, `the scheme "${scheme}" is not known`);
  }
}

function parseUrl(written: string, hosts: SourceHosts): WrittenSource {
  if (!URL.canParse(written)) throw invalidSource(written, "not a URL");
  const url = new URL(written);
  if (url.username !== "" || url.password !== "") {
    throw invalidSource(written, NO_CREDENTIALS);
  }
  if (hosts.huggingface.hosts.includes(url.host)) {
    const found = parseHuggingFaceUrl(url, hosts.huggingface, written);
    if (found) return found;
  }
  if (hosts.civitai.hosts.includes(url.host)) {
    const found = parseCivitaiUrl(url, hosts.civitai, written);
    if (found) return found;
  }
  if (redact(url.href) !== url.href) throw invalidSource(written, NO_CREDENTIALS);
  return { kind: "source", source: { type: "url", url: url.href } };
}

function pathOfUrl(written: string): string {
  const url = URL.canParse(written) ? new URL(written) : undefined;
  if (url === undefined || url.host !== "") throw invalidSource(written, "not a local file");
  const path = decodeURIComponent(url.pathname);
  return /^\/[a-z]:/i.test(path) ? path.slice(1) : path;
}
