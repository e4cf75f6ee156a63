import { editDistance } from "../../base/mod.ts";
import { type Finding, finding } from "../findings/mod.ts";
import { placeIn } from "../repository/mod.ts";
import type { CheckFacts } from "./types.ts";

/** Checks the logos that entries name, and their files. */
export function checkLogos({ index, logos, files }: CheckFacts): readonly Finding[] {
  const { document, byProvider } = logos;
  const providers = (index?.templates ?? []).flatMap((entry) =>
    entry.logos.flatMap((logo, at) =>
      logo.providers.filter((provider) => !byProvider.has(provider)).map((provider) =>
        finding(
          "E_LOGO_PROVIDER",
          placeIn(index!.document, [...entry.at, "logos", at, "provider"]),
          `Template "${entry.name}" shows the logo of "${provider}", which the list does not have`,
          { hint: "Add the provider with its file to the list of logos, or correct the name" },
        )
      )
    )
  );
  if (!document) return providers;
  const listed = [...byProvider].flatMap(([provider, file]) => {
    const place = placeIn(document, [provider]);
    if (!files.has(file)) {
      return [finding("E_LOGO_FILE", place, `"${provider}" has no file "${file}"`)];
    }
    const stem = plain(file.replace(/^.*\//, "").replace(/\.[^.]+$/, ""));
    const distance = editDistance(stem, plain(provider));
    return distance === 0 || distance > 2 || stem.length < 5 ? [] : [
      finding("W_LOGO_NAME", place, `The logo of "${provider}" is called "${file}"`, {
        hint: "If that is a slip, rename the file and correct the list",
      }),
    ];
  });
  return [...providers, ...listed];
}

function plain(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]/g, "");
}

/** Checks whether logos that must not change are there. */
export function checkPolicy(
  { repository: { policy, config }, files }: CheckFacts,
): readonly Finding[] {
  const { document } = policy;
  return [...policy.frozenLogos].flatMap((name, at) =>
    files.has(name) || !document ? [] : [
      finding(
        "E_FROZEN_LOGO",
        placeIn(document, ["frozen_logo_assets", at]),
        `There is no ${config.templatesDir}/${name}`,
      ),
    ]
  );
}
