/** A kind of file whose shape is published. */
export interface SchemaKind {
  readonly kind: string;
  /** What such a file is called, or what it is. */
  readonly brief: string;
}

/** Every kind of file of a template repository that has a JSON Schema. */
export const SCHEMA_KINDS: readonly SchemaKind[] = [
  { kind: "config", brief: "templates.config.json" },
  { kind: "bundles", brief: "bundles.json" },
  { kind: "index", brief: "index.json and index.<locale>.json" },
  { kind: "logos", brief: "index_logo.json" },
  { kind: "manifest", brief: "manifest.json of the core package" },
  { kind: "policy", brief: "version_policy.json" },
  { kind: "quota", brief: "pypi-packages.json" },
  { kind: "whitelist", brief: "whitelist.json" },
  { kind: "workflow", brief: "a workflow, format 0.4" },
  { kind: "workflow-1", brief: "a workflow, format 1" },
];
