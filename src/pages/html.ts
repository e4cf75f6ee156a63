const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

// Control characters, lone surrogates, and marks that turn the direction of the text around them.
const UNSEEN = /[\p{Cc}\p{Cs}\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu;

/** Makes a text harmless to look at: what cannot be seen or turns its surroundings becomes `�`. */
export function visibleText(text: string): string {
  return text.replace(UNSEEN, "\ufffd");
}

/** A text as HTML, in content and in quoted attributes. */
export function escapeHtml(text: string): string {
  return visibleText(text).replace(/[&<>"']/g, (character) => ESCAPES[character]!);
}

/** A name from outside as HTML, kept from changing the direction of what stands around it. */
export function nameHtml(name: string): string {
  return `<bdi>${escapeHtml(name)}</bdi>`;
}

/** A value as JSON that cannot end the script element it stands in. */
export function scriptJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** A web address that may be linked to; anything but http and https is none. */
export function linkOf(address: string | undefined): string | undefined {
  const url = address === undefined ? null : URL.parse(address);
  return url && /^https?:$/.test(url.protocol) && !url.username && !url.password
    ? url.href
    : undefined;
}

/** A whole number with commas, the same on every machine. */
export function formatCount(value: number): string {
  return String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** A number in at most four characters or so: `980`, `12k`, `3.4M`. */
export function formatShort(value: number): string {
  for (const [size, suffix] of [[1e9, "G"], [1e6, "M"], [1e3, "k"]] as const) {
    if (value < size) continue;
    const scaled = value / size;
    return `${scaled < 10 ? Number(scaled.toFixed(1)) : Math.round(scaled)}${suffix}`;
  }
  return String(Math.round(value));
}

/** The day of an RFC 3339 time; a dash when there is none. */
export function formatDay(time: string | undefined): string {
  return time === undefined ? "–" : time.slice(0, 10);
}

/** A titled part of the page. */
export function section(id: string, title: string, body: string): string {
  return `<section aria-labelledby="${id}-heading"><h2 id="${id}-heading">${title}</h2>${body}</section>\n`;
}
