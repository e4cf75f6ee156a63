import { redact } from "../../base/mod.ts";
import type { LogicalLine } from "../../pyproject/mod.ts";
import type { PackRequirement, PackRequirements, RequirementFinding } from "../types.ts";
import { cutLine, type PipOption } from "./options.ts";
import { shorten, takeRequirement } from "./take.ts";

const MAX_REQUIREMENTS = 2000;
const MAX_FINDINGS = 200;

/** A file that a line names. */
export interface NamedFile {
  readonly path: string;
  readonly constraint: boolean;
  readonly line: number;
}

/** Where a line stands. */
export interface Place {
  readonly file: string;
  /** Whether what the file asks for are constraints. */
  readonly constraint: boolean;
  /** Whether its lines have numbers that people can look up. */
  readonly numbered: boolean;
}

type Collected = Omit<PackRequirements, "scripts">;

/** What was found so far in the files of one pack. */
export interface Collection {
  /** Takes a line in, and gives the files that it names. */
  add(line: LogicalLine, place: Place): readonly NamedFile[];
  tell(code: string, message: string, at: Pick<RequirementFinding, "file" | "line">): void;
  result(): Collected;
}

/** Starts to collect what the files of a pack ask for. */
export function createCollection(): Collection {
  const requirements: PackRequirement[] = [];
  const constraints: PackRequirement[] = [];
  const indexes: PackRequirements["indexes"][number][] = [];
  const findings: RequirementFinding[] = [];
  const told = new Set<string>();

  const tell: Collection["tell"] = (code, message, at) => {
    if (findings.length < MAX_FINDINGS) findings.push({ code, message, ...at });
  };
  const tellOnce: Collection["tell"] = (code, message, at) => {
    if (told.has(`${code} ${at.file}`)) return;
    told.add(`${code} ${at.file}`);
    tell(code, message, at);
  };
  const take = (written: string, place: Place, at: { file: string; line?: number }) => {
    const target = place.constraint ? constraints : requirements;
    if (target.length >= MAX_REQUIREMENTS) {
      tellOnce("REQUIREMENT_LIMIT", `Only the first ${MAX_REQUIREMENTS} lines are taken`, at);
      return;
    }
    const { requirement, notes } = takeRequirement(written);
    for (const { code, message } of notes) tell(code, message, at);
    if (requirement !== undefined) target.push({ requirement, ...at });
  };
  const addOption = (
    { name, value, known }: PipOption,
    { line }: LogicalLine,
    place: Place,
    at: { file: string; line?: number },
  ): NamedFile | undefined => {
    if (!known) {
      tell("REQUIREMENT_OPTION_UNKNOWN", `pip knows no "${shown(name)}": it is passed over`, at);
      return;
    }
    const kind = INDEXES[name];
    const needsValue = kind !== undefined || name in NAMED_FILES || name === "--editable";
    if (needsValue && (value === undefined || value.trim() === "")) {
      tell("REQUIREMENT_UNREADABLE", `"${name}" lacks its value: it is passed over`, at);
    } else if (name in NAMED_FILES) {
      return { path: value!, constraint: name === "--constraint", line };
    } else if (kind) {
      indexes.push({ kind, url: redact(value!), file: at.file, line });
    } else if (name === "--editable") {
      takeEditable(value!, place, at);
    } else {
      const { code, why } = PASSED_OVER[name] ?? OTHER;
      tellOnce(`REQUIREMENT_${code}`, `"${name}" is passed over: ${why}`, at);
    }
  };
  const takeEditable = (value: string, place: Place, at: { file: string; line?: number }) => {
    if (/^\.{1,2}\/?(?:\[[^\]]*\])?$/.test(value)) {
      const message = `"-e ${shown(value)}" is left out: ComfyUI loads the pack from its directory`;
      return tell("REQUIREMENT_EDITABLE", message, at);
    }
    const counted = requirements.length + constraints.length;
    take(value, place, at);
    if (requirements.length + constraints.length === counted) return;
    const message = `"-e ${shown(value)}" is installed like any other package`;
    tell("REQUIREMENT_EDITABLE", message, at);
  };
  return {
    add(line, place) {
      const { requirement, options, problem } = cutLine(line.content);
      const at = { file: place.file, ...(place.numbered && { line: line.line }) };
      if (problem !== undefined) {
        const message = `"${shown(line.content)}" is only read in part: ${problem}`;
        tell("REQUIREMENT_UNREADABLE", message, at);
      }
      if (requirement !== "") take(requirement, place, at);
      return options.flatMap((option) => addOption(option, line, place, at) ?? []);
    },
    tell,
    result: () => ({ requirements, constraints, indexes, findings }),
  };
}

const NAMED_FILES: Readonly<Record<string, true>> = { "--requirement": true, "--constraint": true };

const INDEXES: Readonly<Record<string, Collected["indexes"][number]["kind"]>> = {
  "--index-url": "index",
  "--extra-index-url": "extra-index",
  "--find-links": "find-links",
};

interface PassedOver {
  readonly code: string;
  readonly why: string;
}

const OTHER: PassedOver = { code: "OPTION", why: "the environment decides how packages are built" };

const PASSED_OVER: Readonly<Record<string, PassedOver>> = {
  "--hash": { code: "HASHES", why: "uv.lock records the digest of every file by itself" },
  "--require-hashes": { code: "HASHES", why: "uv.lock records the digest of every file by itself" },
  "--pre": {
    code: "OPTION",
    why: "a pre-release is only taken where a requirement names one, such as name>=2.0rc1",
  },
  "--no-index": { code: "OPTION", why: "the environment decides which indexes are asked" },
  "--trusted-host": { code: "OPTION", why: "certificates are always checked" },
};

function shown(text: string): string {
  return shorten(redact(text));
}
