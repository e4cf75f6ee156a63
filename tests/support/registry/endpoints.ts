/** What a request asks for, as the counters name it. */
export type Endpoint =
  | "nodes"
  | "node"
  | "node_versions"
  | "version"
  | "versions"
  | "bulk"
  | "comfy_nodes"
  | "search"
  | "class_node"
  | "install"
  | "archive"
  | "manager"
  | "other";

const patterns: readonly (readonly [RegExp, Endpoint])[] = [
  [/^\/nodes$/, "nodes"],
  [/^\/nodes\/search$/, "search"],
  [/^\/nodes\/[^/]+$/, "node"],
  [/^\/nodes\/[^/]+\/install$/, "install"],
  [/^\/nodes\/[^/]+\/versions$/, "node_versions"],
  [/^\/nodes\/[^/]+\/versions\/[^/]+$/, "version"],
  [/^\/nodes\/[^/]+\/versions\/[^/]+\/comfy-nodes$/, "comfy_nodes"],
  [/^\/versions$/, "versions"],
  [/^\/bulk\/nodes\/versions$/, "bulk"],
  [/^\/comfy-nodes\/[^/]+\/node$/, "class_node"],
  [/^\/archives\//, "archive"],
  [/^\/manager\//, "manager"],
];

/** Names the endpoint of a path. */
export function endpointOf(path: string): Endpoint {
  return patterns.find(([pattern]) => pattern.test(path))?.[1] ?? "other";
}
