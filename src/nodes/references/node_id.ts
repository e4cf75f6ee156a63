/** Makes an id for the manifest of a pack that the registry does not know: lower case, letters, digits, `.`, `_`, `-`. */
export function toNodeId(name: string): string {
  const id = name.toLowerCase().replace(/[^a-z0-9._-]+/g, "-").replace(
    /^[^a-z0-9]+|[^a-z0-9]+$/g,
    "",
  );
  return id.slice(0, 100) || "node-pack";
}
