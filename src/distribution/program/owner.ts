/** A program that keeps the file of comfydock up to date itself. */
export interface PackageManager {
  readonly name: string;
  /** What updates comfydock there. */
  readonly command: string;
}

// Where package managers put what is theirs; the first that fits counts.
const PLACES: readonly (readonly [pattern: RegExp, manager: PackageManager])[] = [
  [/\/(?:Cellar|homebrew|linuxbrew)\//, { name: "Homebrew", command: "brew upgrade comfydock" }],
  [/^\/nix\/store\//, { name: "Nix", command: "nix profile upgrade comfydock" }],
  [/^\/snap\//, { name: "snap", command: "snap refresh comfydock" }],
  [/\/scoop\/apps\//i, { name: "Scoop", command: "scoop update comfydock" }],
  [/\/chocolatey\//i, { name: "Chocolatey", command: "choco upgrade comfydock" }],
  [/\/WinGet\/Packages\//i, { name: "WinGet", command: "winget upgrade comfydock" }],
  [/\/node_modules\//, { name: "npm", command: "npm update --global comfydock" }],
  [/\/mise\/installs\//, { name: "mise", command: "mise upgrade comfydock" }],
  [/\/(?:conda|miniconda3?|anaconda3?|miniforge3?)\//, {
    name: "conda",
    command: "conda update comfydock",
  }],
  [/^\/usr\/(?:bin|lib|libexec|share)\//, {
    name: "the system's package manager",
    command: "your system's update command, such as apt upgrade or dnf upgrade",
  }],
];

/**
 * Tells which package manager a file belongs to, by where it lies.
 *
 * @param program Absolute path with links followed.
 */
export function ownerOf(program: string): PackageManager | undefined {
  const path = program.replaceAll("\\", "/");
  return PLACES.find(([pattern]) => pattern.test(path))?.[1];
}
