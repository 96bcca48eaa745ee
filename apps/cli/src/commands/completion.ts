import { Argument, type CommandUnknownOpts } from "@commander-js/extra-typings";
import { STATE_CHOICES } from "../arguments.ts";
import { command } from "../command.ts";
import { print } from "../output.ts";

/** What can follow a command. */
interface Place {
  /** The command's full name without `esim`. */
  readonly path: string;
  /** Commands and fixed arguments. */
  readonly words: readonly string[];
  readonly flags: readonly string[];
}

/** `esim completion`: a script made from the commands as they are. */
export const completion = () =>
  command("completion", {
    description: "print a completion script",
    examples: ["source <(esim completion bash)", "esim completion fish | source"],
  })
    .addArgument(new Argument("<shell>", "the shell").choices(["bash", "zsh", "fish"]))
    .action((shell, _, self) => run(shell, self.parent ?? self));

async function run(shell: keyof typeof SHELLS, program: CommandUnknownOpts): Promise<void> {
  const valued = new Set<string>();
  const places = collect(program, valued);
  await print(SHELLS[shell](places, valued));
}

/** Every command below `command`; adds the flags that take a value to `valued`. */
function collect(
  command: CommandUnknownOpts,
  valued: Set<string>,
  path: readonly string[] = [],
  inherited: readonly string[] = [],
): Place[] {
  const own = command.options.map((option) => {
    const flag = option.long ?? option.flags;
    if (option.required) valued.add(flag);
    return flag;
  });
  const flags = [...new Set([...own, ...inherited, "--help"])];
  const words = [
    ...command.commands.map((each) => each.name()),
    ...command.registeredArguments.flatMap((argument) => argument.argChoices ?? []),
  ];
  const below = command.commands.flatMap((each) => collect(each, valued, [...path, each.name()], flags));
  return [{ path: path.join(" "), words, flags }, ...below];
}

type Script = (places: readonly Place[], valued: ReadonlySet<string>) => string;

const states = STATE_CHOICES.join(" ");
const quoted = (places: readonly Place[]) => places.filter(({ path }) => path).map(({ path }) => `"${path}"`);

// All three find the command in the same way: a word that makes no longer command of the words before it is a flag, a
// flag's value or an ID.

const bash: Script = (places, valued) => `# bash completion of esim. To use it: source <(esim completion bash)
_esim() {
  local word place="" words=""
  COMPREPLY=()
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}"
  case "$previous" in
    --status) COMPREPLY=($(compgen -W "${states}" -- "$current")); return ;;
    ${[...valued].join("|")}) return ;;
  esac
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "\${place:+$place }$word" in
      ${quoted(places).join("|")}) place="\${place:+$place }$word" ;;
    esac
  done
  case "$place" in
${places.map(({ path, words, flags }) => `    "${path}") words="${[...words, ...flags].join(" ")}" ;;`).join("\n")}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -F _esim esim`;

const zsh: Script = (places, valued) => `#compdef esim
# zsh completion of esim. To use it: source <(esim completion zsh), after compinit
_esim() {
  local word place=""
  local -a next
  case "\${words[CURRENT-1]}" in
    --status) compadd -- ${states}; return ;;
    ${[...valued].join("|")}) return ;;
  esac
  for word in "\${(@)words[2,CURRENT-1]}"; do
    case "\${place:+$place }$word" in
      ${quoted(places).join("|")}) place="\${place:+$place }$word" ;;
    esac
  done
  case "$place" in
${places.map(({ path, words, flags }) => `    "${path}") next=(${[...words, ...flags].join(" ")}) ;;`).join("\n")}
  esac
  compadd -- $next
}
if [[ "\${funcstack[1]}" == _esim ]]; then _esim; else compdef _esim esim; fi`;

const fish: Script = (places, valued) => `# fish completion of esim. To use it: esim completion fish | source
function __esim_at
  set -l place ''
  for word in (commandline -opc)[2..-1]
    set -l longer (string trim -- "$place $word")
    if contains -- $longer ${quoted(places).join(" ")}
      set place $longer
    end
  end
  test "$place" = "$argv[1]"
end
complete -c esim -f
${places.flatMap((place) => fishLines(place, valued)).join("\n")}`;

function fishLines({ path, words, flags }: Place, valued: ReadonlySet<string>): string[] {
  const line = (what: string) => `complete -c esim -n "__esim_at '${path}'" ${what}`;
  const values = (flag: string) =>
    flag === "--status" ? ` -x -a '${states}'` : valued.has(flag) ? " -x" : "";
  return [
    ...words.map((word) => line(`-a ${word}`)),
    ...flags.map((flag) => line(`-l ${flag.slice(2)}${values(flag)}`)),
  ];
}

const SHELLS = { bash, zsh, fish };
