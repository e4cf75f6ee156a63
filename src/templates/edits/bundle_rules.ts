import { ComfydockError, nearest } from "../../base/mod.ts";
import { templateErrors } from "../errors.ts";
import type { Bundles, TemplateRepository, VersionPolicy } from "../types.ts";

/**
 * Lets only a bundle pass that there is, and that may get templates.
 *
 * @param doing What cannot be done otherwise, such as `Cannot move "a"`.
 * @throws `E_NO_BUNDLE`, `E_FROZEN`
 */
export function requireOpenBundle(
  { bundles, packages, policy }: TemplateRepository,
  name: string,
  doing: string,
): void {
  const bundle = bundles.list.find((one) => one.name === name);
  if (!bundle) {
    const near = nearest(name, bundles.list.map((one) => one.name));
    throw new ComfydockError(templateErrors.E_NO_BUNDLE, `${doing}: there is no bundle "${name}"`, {
      hint: near === undefined
        ? `There are: ${bundles.list.map((one) => one.name).join(", ")}`
        : `Did you mean "${near}"?`,
    });
  }
  const owner = packages.find(({ id }) => id === bundle.package);
  if (!policy.frozenBundles.has(name) && !owner?.frozen) return;
  throw new ComfydockError(
    templateErrors.E_FROZEN,
    `${doing}: the bundle "${name}" is frozen, and gets no templates any more`,
    { hint: adviceFor(bundles, policy) },
  );
}

function adviceFor({ list }: Bundles, { recommendedBundle }: VersionPolicy): string {
  if (recommendedBundle === undefined) return "Choose a bundle that the policy does not freeze";
  return list.some(({ name }) => name === recommendedBundle)
    ? `Use the bundle "${recommendedBundle}"`
    : `Add the bundle "${recommendedBundle}", which the policy recommends, to bundles.json and use it`;
}

/**
 * The bundle that a new template goes to when none is named: the one that the policy recommends, else the one that is
 * called after the medium.
 *
 * @throws `E_NO_BUNDLE`
 */
export function usualBundle(
  { bundles, policy }: TemplateRepository,
  { id, mediaType }: { readonly id: string; readonly mediaType: string },
): string {
  const names = bundles.list.map(({ name }) => name);
  const wanted = [
    policy.recommendedBundle,
    ...id.startsWith("api_") ? ["media-api"] : [],
    `media-${mediaType}`,
    "media-other",
  ];
  const found = wanted.find((name) => name !== undefined && names.includes(name));
  if (found !== undefined) return found;
  throw new ComfydockError(
    templateErrors.E_NO_BUNDLE,
    `Cannot choose a bundle for "${id}": none is called after "${mediaType}"`,
    { hint: `Name one with --bundle: ${names.join(", ")}` },
  );
}
