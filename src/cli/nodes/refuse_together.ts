import { ComfydockError } from "../../base/mod.ts";
import { cliErrors } from "../errors.ts";

/**
 * Refuses options that contradict each other.
 *
 * @throws `OPTION_VALUE_INVALID`
 */
export function refuseTogether<Name extends string>(
  options: Readonly<Record<Name, unknown>>,
  pairs: readonly (readonly [Name, Name])[],
): void {
  const flag = (name: string) =>
    `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  const pair = pairs.find(([one, other]) => options[one] && options[other]);
  if (!pair) return;
  const [one, other] = pair.map(flag);
  throw new ComfydockError(
    cliErrors.OPTION_VALUE_INVALID,
    `Cannot take both ${one} and ${other}`,
    { hint: `Leave out ${one} or ${other}` },
  );
}
