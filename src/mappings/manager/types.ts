/** What ComfyUI-Manager's data says about one repository. */
export interface ManagerExtension {
  /** Its repository in canonical form. */
  readonly canonical: string;
  /** Its URL as published. */
  readonly repository: string;
  readonly title?: string;
  readonly author?: string;
  readonly description?: string;
  /** Class names, sorted, each once. */
  readonly classNames: readonly string[];
  readonly preemptions: readonly string[];
  readonly nodenamePattern?: string;
  readonly tags: readonly string[];
  readonly category?: string;
  /** Lower case. */
  readonly installType?: string;
  /** Where files are fetched from, when that is not the repository itself. */
  readonly files: readonly string[];
  readonly stars?: number;
  /** RFC 3339 UTC. */
  readonly lastUpdate?: string;
}

/** All of ComfyUI-Manager's data that we use. */
export interface ManagerData {
  /** By canonical URL, in code point order. */
  readonly extensions: readonly ManagerExtension[];
  readonly report: ManagerReport;
}

/** What was met in ComfyUI-Manager's data, odd records counted by kind. */
export interface ManagerReport {
  /** Entries of `custom-node-list.json`. */
  readonly listed: number;
  /** Keys of `extension-node-map.json`. */
  readonly mapped: number;
  /** Entries of `github-stats.json`. */
  readonly statistics: number;
  /** Class names of all extensions together. */
  readonly classNames: number;
  /** The newest date in the data, RFC 3339 UTC. */
  readonly newest?: string;
  /** Odd records by kind; kinds that were not met are absent. */
  readonly odd: Readonly<Partial<Record<OddKind, number>>>;
}

/** Ways in which records of ComfyUI-Manager's data are odd; all are read all the same. */
export type OddKind =
  /** A record that is unreadable and left out. */
  | "unreadable"
  /** A URL whose scheme is neither `http` nor `https`. */
  | "misspelt_scheme"
  /** A list entry that names no files. */
  | "without_files"
  /** An `install_type` that is not in lower case. */
  | "install_type_case"
  /** An `install_type` that is not known. */
  | "install_type_unknown"
  /** A repository that is listed again. */
  | "listed_again"
  /** A list entry without an entry in the map. */
  | "not_mapped"
  /** A key of the map that is not in the list. */
  | "not_listed"
  /** A key of the map without class names. */
  | "no_class_names"
  /** The name `custom_nodes`, a directory that the scan took for a class. */
  | "junk_class_name"
  /** A class name that cannot be used. */
  | "bad_class_name"
  /** A class name that is named again for the same repository. */
  | "class_name_again"
  /** A `nodename_pattern` that is no safe regular expression; it is kept and not used. */
  | "unsafe_pattern";
