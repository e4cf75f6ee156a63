import { createHash } from "node:crypto";
import { escapeHtml, scriptJson } from "./html.ts";
import { PAGE_STYLE } from "./style.ts";

/** What a page holds; parts that are HTML are put in as they are. */
export interface PageParts {
  readonly title: string;
  readonly heading: string;
  /** Below the heading; HTML. */
  readonly below: string;
  /** HTML. */
  readonly main: string;
  readonly footer: string;
  /** Rules that the page has besides those of all pages. */
  readonly style?: string;
  readonly script: string;
  /** What the script reads. */
  readonly data: unknown;
  /** Where media may come from, as a content policy has it; default only the page itself. */
  readonly media?: string;
}

/**
 * Puts a page together that asks nothing of the network.
 *
 * Its content policy allows just its own style and script, by their digest. Equal parts give equal bytes.
 */
export function renderPage(parts: PageParts): string {
  const style = `${PAGE_STYLE}${parts.style ?? ""}`;
  const policy = [
    "default-src 'none'",
    `style-src '${digest(style)}'`,
    `script-src '${digest(parts.script)}'`,
    `img-src data:${parts.media === undefined ? "" : ` ${parts.media}`}`,
    ...parts.media === undefined ? [] : [`media-src ${parts.media}`],
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${escapeHtml(parts.title)}</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body>
<header><h1>${escapeHtml(parts.heading)}</h1><p class="soft">${parts.below}</p></header>
<main>
${parts.main}</main>
<footer>${escapeHtml(parts.footer)}</footer>
<script type="application/json" id="data">${scriptJson(parts.data)}</script>
<script>${parts.script}</script>
</body>
</html>
`;
}

function digest(text: string): string {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}
