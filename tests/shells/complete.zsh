# complete.zsh SCRIPT LINE: what zsh offers for the end of a command line. A shell on a terminal of its own is asked, and
# answers with one line for each word that it would add.
emulate -L zsh
zmodload zsh/zpty || exit 77
local script=$1 line=$2 answer
zpty shell zsh --no-rcs --interactive
zpty -w shell "PS1= PS2= RPS1=; fpath=($script:h \$fpath); autoload -Uz compinit; compinit -u -D"
zpty -w shell "zstyle ':completion:*' list-grouped false; zstyle ':completion:*' insert-tab false; zstyle ':completion:*:descriptions' format ''"
# compadd is how every completion ends: it says what it was given instead of adding it.
zpty -w shell 'compadd() { [[ ${@[1,(i)(-|--)]} == *-(O|A|D)* ]] && { builtin compadd "$@"; return }; local -a found; builtin compadd -O found "$@"; print -l -- \<${^found}\> }'
zpty -w shell 'show() { print BEGIN; zle complete-word; print END; exit }; zle -C complete-word complete-word _main_complete; zle -N show; bindkey "^I" show'
zpty -w shell 'print READY'
while zpty -r shell answer; do [[ $answer == READY* ]] && break; done
zpty -n -w shell "$line"$'\t'
while zpty -r shell answer; do
    [[ $answer == *END* ]] && break
    [[ $answer == *\<*\>* ]] && print -r -- ${${answer#*\<}%%\>*}
done
zpty -d shell
