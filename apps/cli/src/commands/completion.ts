import type { Command } from "commander";
import { print } from "../output.ts";
import { STATE_CHOICES } from "./arguments.ts";

/** For each command, by its full name without `esim`, the words that can follow. */
type Words = ReadonlyMap<string, readonly string[]>;

/** `esim completion`: a script made from the commands as they are. */
export async function completion(shell: string, program: Command): Promise<void> {
  const words = collect(program);
  await print(SHELLS[shell as keyof typeof SHELLS](words));
}

function collect(command: Command, path: readonly string[] = [], inherited: readonly string[] = []): Words {
  const flags = command.options
    .filter((option) => !option.hidden)
    .map((option) => option.long ?? option.flags);
  const all = [...new Set([...flags, ...inherited, "--help"])];
  const entries = new Map<string, readonly string[]>([
    [path.join(" "), [...command.commands.map((each) => each.name()), ...all]],
  ]);
  for (const each of command.commands) {
    for (const [key, value] of collect(each, [...path, each.name()], all)) entries.set(key, value);
  }
  return entries;
}

const states = STATE_CHOICES.join(" ");

function bash(words: Words): string {
  const cases = [...words].map(([path, next]) => `    "${path}") words="${next.join(" ")}" ;;`).join("\n");
  return `# bash completion of esim. To use it: source <(esim completion bash)
_esim() {
  local word path="" words=""
  COMPREPLY=()
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}"
  if [[ "$previous" == --status ]]; then
    COMPREPLY=($(compgen -W "${states}" -- "$current"))
    return
  fi
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    [[ "$word" == -* ]] || path="\${path:+$path }$word"
  done
  case "$path" in
${cases}
    *) words="" ;;
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -F _esim esim`;
}

function zsh(words: Words): string {
  const cases = [...words].map(([path, next]) => `    "${path}") words_=(${next.join(" ")}) ;;`).join("\n");
  return `#compdef esim
# zsh completion of esim. To use it: source <(esim completion zsh)
_esim() {
  local word path_="" 
  local -a words_
  if [[ "\${words[CURRENT-1]}" == --status ]]; then
    compadd -- ${states}
    return
  fi
  for word in "\${(@)words[2,CURRENT-1]}"; do
    [[ "$word" == -* ]] || path_="\${path_:+$path_ }$word"
  done
  case "$path_" in
${cases}
    *) words_=() ;;
  esac
  compadd -- $words_
}
compdef _esim esim`;
}

function fish(words: Words): string {
  const lines = [...words].flatMap(([path, next]) =>
    next.map((word) => {
      const condition = `test (string join ' ' (string match -v -- '-*' (commandline -opc)[2..-1])) = '${path}'`;
      const what = word.startsWith("--") ? `-l ${word.slice(2)}` : `-a ${word}`;
      const values = word === "--status" ? ` -x -a '${states}'` : "";
      return `complete -c esim -f -n "${condition}" ${what}${values}`;
    }),
  );
  return `# fish completion of esim. To use it: esim completion fish | source\n${lines.join("\n")}`;
}

const SHELLS = { bash, zsh, fish };
/** The shells that there is a script for. */
export const SHELL_NAMES = Object.keys(SHELLS);
