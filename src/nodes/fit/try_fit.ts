import { addConstraint, editManifest, requirementName } from "../../pyproject/mod.ts";
import { nodeErrors } from "../errors.ts";
import { tellAsker } from "./asker.ts";
import { leadingName, tellSides, toConflict } from "./conflict.ts";
import { torchFamily, type TorchMove, torchMoves, torchPins } from "./torch.ts";
import type { FitConflict, FitOutcome, FitProject, FitSide, TrialResolver } from "./types.ts";

/**
 * Finds out whether the requirements of all packs fit together with PyTorch left where it is; touches nothing.
 *
 * One resolution is enough unless PyTorch would move. Then it is held, and what gives way is either another package, or
 * the pack is refused.
 *
 * @throws what the resolver throws for other reasons than requirements
 */
export async function tryFit(project: FitProject, resolve: TrialResolver): Promise<FitOutcome> {
  const { manifestText, path, lockText, packs, torch } = project;
  const attempt = async (text: string, start: string | undefined): Promise<FitOutcome> => {
    try {
      return { fits: true, lockText: await resolve(text, start) };
    } catch (error) {
      const conflict = toConflict(error, packs);
      if (!conflict) throw tellAsker(error, packs);
      return { fits: false, conflict };
    }
  };
  const first = await attempt(manifestText, lockText);
  if (!first.fits) return { fits: false, conflict: withTorch(first.conflict, project) };
  const moves = torchMoves(lockText, first.lockText, torch);
  if (moves.length === 0) return first;
  const pins = torchPins(lockText, torch);
  const held = editManifest(manifestText, pins.map(addConstraint), path);
  const second = await attempt(held, lockText);
  if (!second.fits) return { fits: false, conflict: movesTorch(second.conflict, moves, pins) };
  // Written without the constraints, the manifest keeps what is locked as long as it fits.
  const third = await attempt(manifestText, second.lockText);
  if (third.fits && torchMoves(lockText, third.lockText, torch).length === 0) return third;
  return { fits: false, conflict: movesTorch(askingFor(project, moves), moves, pins) };
}

// A pack that wants another PyTorch than ComfyUI does is no less after PyTorch.
function withTorch(conflict: FitConflict, { torch, lockText }: FitProject): FitConflict {
  const family = new Set(torchFamily(torch));
  const contested = conflict.sides.find(({ requirement }) => family.has(leadingName(requirement)));
  if (!contested || lockText === undefined) return conflict;
  return { ...conflict, code: nodeErrors.NODE_MOVES_TORCH.code };
}

function movesTorch(
  conflict: FitConflict,
  moves: readonly TorchMove[],
  pins: readonly string[],
): FitConflict {
  // A constraint binds every package that asks, and uv names it as if each of them asked for it.
  const asking = conflict.sides.filter(({ requirement }) => !pins.includes(requirement));
  const names = new Set(asking.map(({ requirement }) => leadingName(requirement)));
  const own = pins.filter((pin) => names.has(leadingName(pin))).map((requirement): FitSide => ({
    title: "the environment, whose PyTorch no node pack moves,",
    requirement,
    via: [],
  }));
  const sides = [...asking, ...own];
  const told = moves.map(({ name, before, after }) =>
    `${name} from ${before.join(" and ")} to ${after.join(" and ")}`
  );
  const why = sides.length > 1 ? tellSides(sides) : conflict.message;
  return {
    ...conflict,
    sides,
    code: nodeErrors.NODE_MOVES_TORCH.code,
    message: `Cannot move ${told.join(", ")}: ${why}`,
  };
}

function askingFor({ packs }: FitProject, moves: readonly TorchMove[]): FitConflict {
  const moved = new Set(moves.map(({ name }) => name));
  const sides = packs.flatMap(({ id, name, requirements }) =>
    requirements.filter(({ requirement }) => moved.has(requirementName(requirement)))
      .map(({ requirement, file, line }): FitSide => ({
        title: `node pack ${name}`,
        pack: id,
        requirement,
        via: [],
        asked: requirement,
        file,
        line,
      }))
  );
  return {
    code: nodeErrors.NODE_MOVES_TORCH.code,
    message: "nothing else gives way",
    sides,
    packs: [...new Set(sides.map(({ pack }) => pack!))],
  };
}
