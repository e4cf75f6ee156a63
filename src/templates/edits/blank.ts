/** A workflow without nodes, as the editor saves one. */
export function blankWorkflow(id: string): string {
  const value = {
    id,
    revision: 0,
    last_node_id: 0,
    last_link_id: 0,
    nodes: [],
    links: [],
    groups: [],
    config: {},
    extra: {},
    version: 0.4,
  };
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** A grey WebP of one pixel, which stands for a thumbnail until there is one. */
export function blankThumbnail(): Uint8Array<ArrayBuffer> {
  const content = "UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA";
  return Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
}
