import { isKind, redact } from "../../base/mod.ts";
import { markerProblem, parseRequirement, pyprojectErrors } from "../../pyproject/mod.ts";
import { readAddress, withoutCredentials } from "./address.ts";

/** Something to be told about a requirement. */
export interface Note {
  readonly code: string;
  readonly message: string;
}

/** A requirement as a project can hold it, or why it cannot. */
export type TakenRequirement =
  | { readonly requirement: string; readonly notes: readonly Note[] }
  | { readonly requirement?: undefined; readonly notes: readonly [Note] };

const VARIABLE = /\$\{[A-Z0-9_]+\}/;
const BARE_URL = /^(?:[a-z][a-z0-9+.-]*:\/\/|git\+|[\w.-]+@[\w.-]+:(?!\/\/))/i;
const TAKEN_SCHEME = /^(?:git\+)?(?:https?|ssh):\/\//i;
const LOCAL = /^(?:\.{1,2}(?:[\\/]|$)|[\\/~]|[A-Za-z]:[\\/])|^[^<>=!~;@[\s]*[\\/]/;
const LOCAL_FILE = /^[^<>=!~;@[\s]+\.(?:whl|zip|tar\.gz|tgz|tar\.bz2)(?=$|[\s;[])/i;

/**
 * Turns a requirement as pip takes it into one that a project takes (PEP 508).
 *
 * @param written Without options and comment.
 * @returns The requirement, and what was changed in it; or only why it is left out.
 */
export function takeRequirement(written: string): TakenRequirement {
  if (VARIABLE.test(written)) {
    return refuse("REQUIREMENT_VARIABLE", written, "environment variables are never filled in");
  }
  if (BARE_URL.test(written)) return takeBareUrl(written);
  if (LOCAL.test(written) || LOCAL_FILE.test(written)) return refuseLocal(written);
  const body = repair(written);
  const problem = problemOf(body);
  if (problem !== undefined) return refuse("REQUIREMENT_UNREADABLE", written, problem);
  const { url } = parseRequirement(body);
  return url === undefined ? { requirement: body, notes: [] } : takeNamedUrl(written, body, url);
}

// pip takes an empty marker, and one that follows an address at once; PEP 508 does not.
function repair(written: string): string {
  const body = written.replace(/\s*;\s*$/, "");
  const [, before, marker] = /^([^;]*@[^;]*\S);(.*)$/s.exec(body) ?? [];
  if (before === undefined || marker === undefined) return body;
  return markerProblem(marker) === undefined ? `${before} ;${marker}` : body;
}

function takeNamedUrl(written: string, body: string, url: string): TakenRequirement {
  if (!TAKEN_SCHEME.test(url)) return refuseScheme(written, url);
  const clean = withoutCredentials(url);
  return { requirement: body.replace(url, () => clean), notes: credentialNotes(url, clean) };
}

function takeBareUrl(written: string): TakenRequirement {
  const [, found = written, after, behind] = /^(\S+?)(?:\s*;\s+(.*)|\s+;(.*))$/s.exec(written) ??
    [];
  const clean = withoutCredentials(found.replace(/;$/, ""));
  const address = readAddress(clean);
  const url = address?.url ?? clean;
  if (!TAKEN_SCHEME.test(url)) return refuseScheme(written, url);
  if (!address) {
    const why = "nothing in it names the package; write it as name @ address";
    return refuse("REQUIREMENT_NAMELESS", written, why);
  }
  const marker = (after ?? behind ?? "").trim();
  const requirement = `${address.name} @ ${url}${marker === "" ? "" : ` ; ${marker}`}`;
  const problem = problemOf(requirement);
  if (problem !== undefined) return refuse("REQUIREMENT_UNREADABLE", written, problem);
  const shown = redact(url);
  const notes: Note[] = [...credentialNotes(found, clean)];
  if (address.madeGit) {
    notes.push({
      code: "REQUIREMENT_MADE_GIT",
      message: `"${redact(found)}" is a repository: it is taken as "${shown}"`,
    });
  }
  if (address.guessed) {
    notes.push({
      code: "REQUIREMENT_NAME_GUESSED",
      message: `"${shown}" does not name its package: "${address.name}" is taken`,
    });
  }
  return { requirement, notes };
}

function credentialNotes(url: string, clean: string): readonly Note[] {
  if (!clean.includes("://") || withoutCredentials(url) === url) return [];
  return [{
    code: "REQUIREMENT_CREDENTIALS",
    message: `"${redact(url)}" holds credentials: it is taken without them`,
  }];
}

function refuseScheme(written: string, url: string): TakenRequirement {
  if (!/^[a-z][a-z0-9+.-]*:/i.test(url) || /^(?:git\+)?file:/i.test(url)) {
    return refuseLocal(written);
  }
  const scheme = url.slice(0, url.indexOf(":"));
  return refuse("REQUIREMENT_SCHEME", written, `uv takes nothing by "${scheme}"`);
}

function refuseLocal(written: string): TakenRequirement {
  const why = "it is a path, which means something else on every machine; " +
    "if it is needed, install it by hand";
  return refuse("REQUIREMENT_LOCAL_PATH", written, why);
}

function refuse(code: string, written: string, why: string): TakenRequirement {
  return { notes: [{ code, message: `"${shorten(redact(written))}" is left out: ${why}` }] };
}

/** Cuts a text of unknown length for messages. */
export function shorten(text: string): string {
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}

function problemOf(requirement: string): string | undefined {
  try {
    parseRequirement(requirement);
    return undefined;
  } catch (error) {
    if (!isKind(error, pyprojectErrors.REQUIREMENT_INVALID)) throw error;
    // The message repeats the line before it says what is wrong.
    return error.message.slice(error.message.lastIndexOf('": ') + 3);
  }
}
