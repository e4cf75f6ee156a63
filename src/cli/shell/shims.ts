import type { Shell } from "./shells.ts";

const bash = `# comfydock completion for bash
_comfydock() {
  local IFS=$'\\n' line
  COMPREPLY=()
  for line in $(comfydock complete bash -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null); do
    COMPREPLY+=("\${line%%$'\\t'*}")
  done
}
complete -o bashdefault -o default -F _comfydock comfydock
`;

const zsh = `#compdef comfydock
# comfydock completion for zsh
_comfydock() {
  local line
  local -a proposals
  for line in "\${(@f)$(comfydock complete zsh -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}"; do
    [[ -n $line ]] && proposals+=("\${\${line%%$'\\t'*}//:/\\\\:}:\${line#*$'\\t'}")
  done
  if (( \${#proposals} )); then
    _describe comfydock proposals
  else
    _files
  fi
}
if [[ \${funcstack[1]} == _comfydock ]]; then
  _comfydock "$@"
else
  compdef _comfydock comfydock
fi
`;

const fish = `# comfydock completion for fish
function __comfydock_complete
    set -l words (commandline -opc)
    set -l proposals (comfydock complete fish -- $words[2..-1] (commandline -ct) 2>/dev/null)
    if test (count $proposals) -gt 0
        printf '%s\\n' $proposals
    else
        __fish_complete_path (commandline -ct)
    end
end
complete -c comfydock -f -a '(__comfydock_complete)'
`;

const powershell = `# comfydock completion for PowerShell
Register-ArgumentCompleter -Native -CommandName comfydock -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $words = @($commandAst.CommandElements | Select-Object -Skip 1 |
        Where-Object { $_.Extent.EndOffset -lt $cursorPosition } |
        ForEach-Object { $_.ToString() })
    comfydock complete powershell -- @words ".$wordToComplete" 2>$null | ForEach-Object {
        $value, $brief = $_ -split "\`t", 2
        [System.Management.Automation.CompletionResult]::new($value, $value, 'ParameterValue', $brief)
    }
}
`;

/** The script of each shell; all of them ask `comfydock complete` for what may follow. */
export const shims: Readonly<Record<Shell, string>> = { bash, zsh, fish, powershell };
