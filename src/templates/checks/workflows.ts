import { type Finding, finding } from "../findings/mod.ts";
import { placeIn } from "../repository/mod.ts";
import { fileOfAddress } from "./workflow/models.ts";
import type { CheckFacts } from "./types.ts";

/** What was found while workflows were read, links included. */
export function checkWorkflows({ workflows }: CheckFacts): readonly Finding[] {
  return [...workflows.values()].flatMap(({ path: file, faults }) =>
    faults.map((fault): Finding => ({ ...fault, file }))
  );
}

/** Checks the addresses that the index gives. */
export function checkIndexLinks({ index }: CheckFacts): readonly Finding[] {
  return (index?.templates ?? []).flatMap(({ name, tutorialUrl, at }) =>
    tutorialUrl === undefined || tutorialUrl === "" || fileOfAddress(tutorialUrl) !== undefined
      ? []
      : [
        finding(
          "E_BAD_ADDRESS",
          placeIn(index!.document, [...at, "tutorialUrl"]),
          `"${tutorialUrl}" of template "${name}" is no address of the web`,
          { hint: "Name an address that begins with https://" },
        ),
      ]
  );
}
