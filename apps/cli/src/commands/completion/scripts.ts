import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

/** The shells that there is a script for. */
export type Shell = "bash" | "zsh" | "fish" | "powershell";

// All four ask `esim __complete` for what can follow. It answers with a line each: the word, and after a tab what it means.

const bash = () => `# bash completion of esim. To use it: source <(esim completion bash)
_esim() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" line
  COMPREPLY=()
  while IFS= read -r line; do
    line="\${line%%$'\\t'*}"
    # bash takes = for the end of a word, and completes what follows it.
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
  # An empty word at the end does not reach a program from every PowerShell.
  $empty = if ($wordToComplete) { @() } else { @('--empty') }
  & ${program("powershell")} __complete @empty -- @words 2>$null | ForEach-Object {
    $word, $meaning = $_ -split "\`t", 2
    if (-not $meaning) { $meaning = $word }
    [System.Management.Automation.CompletionResult]::new($word, $word, 'ParameterValue', $meaning)
  }
}`;

/** The script of each shell, made when it is asked for. */
export const SCRIPTS: Readonly<Record<Shell, () => string>> = { bash, zsh, fish, powershell };

/** How a script starts this program: by its name where the shell finds it, and else by where it is. */
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
