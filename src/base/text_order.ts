/** Compares two texts by code point, the order of every sorted list that we publish. */
export function compareCodePoints(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  let at = 0;
  while (at < length && a.charCodeAt(at) === b.charCodeAt(at)) at++;
  if (at === length) return a.length - b.length;
  return place(a.charCodeAt(at)) - place(b.charCodeAt(at));
}

/** A UTF-16 unit moved so that the halves of characters beyond U+FFFF come after all others. */
function place(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}

/** Sorts texts by code point, in place. */
export function sortTexts(texts: string[]): string[] {
  // The language sorts by UTF-16 unit, which differs only where such halves occur.
  return texts.some(hasSurrogate) ? texts.sort(compareCodePoints) : texts.sort();
}

function hasSurrogate(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit >= 0xd800 && unit <= 0xdfff) return true;
  }
  return false;
}
