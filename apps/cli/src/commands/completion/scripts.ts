import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

/** The supported shells. */
export type Shell = "bash" | "zsh" | "fish" | "powershell";

// All scripts call `esim __complete`, which prints one completion per line: the word, a tab, and its description.

const bash = () => `# bash completion of esim. To use it: source <(esim completion bash)
_esim() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" line
  COMPREPLY=()
  while IFS= read -r line; do
    line="\${line%%$'\\t'*}"
    # bash splits words at =, and completes only what follows.
    if [[ $current == "=" || $previous == "=" ]]; then line="\${line#*=}"; fi
    COMPREPLY+=("$line")
  done < <(${program()} __complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -F _esim esim`;

const zsh = () => `#compdef esim
# zsh completion of esim. To use it: source <(esim completion zsh), after compinit
_esim() {
  local line
  local -a next shown
  for line in "\${(@f)$(${program()} __complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}"; do
    [[ -n $line ]] || continue
    next+=("\${line%%$'\\t'*}")
    shown+=("\${line/$'\\t'/  -- }")
  done
  (( $#next )) && compadd -l -d shown -a next
}
if [[ "\${funcstack[1]}" == _esim ]]; then _esim; else compdef _esim esim; fi`;

const fish = () => `# fish completion of esim. To use it: esim completion fish | source
function __esim_complete
  set -l words (commandline -opc)
  set -e words[1]
  ${program()} __complete -- $words (commandline -ct) 2>/dev/null
end
complete -c esim -f -a '(__esim_complete)'`;

const powershell =
  () => `# PowerShell completion of esim. To use it: esim completion powershell | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName esim -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $words = @($commandAst.CommandElements | Select-Object -Skip 1 | ForEach-Object { $_.ToString() })
  # Not every version of PowerShell passes an empty last word to a program.
  $empty = if ($wordToComplete) { @() } else { @('--empty') }
  & ${program("powershell")} __complete @empty -- @words 2>$null | ForEach-Object {
    $word, $meaning = $_ -split "\`t", 2
    if (-not $meaning) { $meaning = $word }
    [System.Management.Automation.CompletionResult]::new($word, $word, 'ParameterValue', $meaning)
  }
}`;

/** Creates the script for each shell. */
export const SCRIPTS: Readonly<Record<Shell, () => string>> = { bash, zsh, fish, powershell };

/** The command that starts this program: its name if it is on the PATH, otherwise its full path. */
function program(shell?: "powershell"): string {
  const folders = (process.env.PATH ?? "").split(delimiter);
  const isFound = folders.some((folder) =>
    ["esim", "esim.cmd"].some((name) => existsSync(join(folder, name))),
  );
  if (isFound) return "esim";
  const quote = shell ? "''" : `'\\''`;
  return [process.execPath, process.argv[1] ?? ""]
    .map((word) => `'${word.replaceAll("'", quote)}'`)
    .join(" ");
}
