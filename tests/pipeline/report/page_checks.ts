/** What a page looks like, measured inside of the browser. */
export interface PageMeasures {
  /** How far the page can be scrolled sideways, in CSS pixels. */
  readonly overflow: number;
  /** The smallest text as it is drawn, in CSS pixels, and where. */
  readonly smallest: { readonly size: number; readonly where: string };
  /** The least contrast of text with what is behind it, and where. */
  readonly faintest: { readonly ratio: number; readonly where: string };
  readonly background: string;
}

/** Runs in the page; gives {@linkcode PageMeasures}. Contrast is that of WCAG 2. */
export const MEASURE_PAGE = `(() => {
  const channel = (value) => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  const parts = (color) => color.match(/[\\d.]+/g).map(Number);
  const luminance = ([r, g, b]) =>
    0.2126 * channel(r / 255) + 0.7152 * channel(g / 255) + 0.0722 * channel(b / 255);
  const behind = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const color = parts(getComputedStyle(at).backgroundColor);
      if (color.length === 3 || color[3] === 1) return color;
    }
    return [255, 255, 255];
  };
  let smallest = { size: Infinity, where: "" };
  let faintest = { ratio: Infinity, where: "" };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!node.data.trim() || !element.checkVisibility()) continue;
    if (["SCRIPT", "STYLE", "title", "desc"].includes(element.tagName)) continue;
    const where = element.tagName + ": " + node.data.slice(0, 30);
    const style = getComputedStyle(element);
    const scale = element.ownerSVGElement ? element.getScreenCTM().a : 1;
    const size = parseFloat(style.fontSize) * scale;
    if (size < smallest.size) smallest = { size, where };
    const ink = luminance(parts(element.ownerSVGElement ? style.fill : style.color));
    const ground = luminance(behind(element));
    const ratio = (Math.max(ink, ground) + 0.05) / (Math.min(ink, ground) + 0.05);
    if (ratio < faintest.ratio) faintest = { ratio, where };
  }
  const { scrollWidth, clientWidth } = document.documentElement;
  const background = getComputedStyle(document.body).backgroundColor;
  return { overflow: scrollWidth - clientWidth, smallest, faintest, background };
})()`;
