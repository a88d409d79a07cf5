# complete.bash SCRIPT WORD…: what bash offers for the last word of a command line.
source "$1"
shift
COMP_WORDS=("$@")
COMP_CWORD=$(($# - 1))
COMP_LINE=$*
# Only a shell that completes may set how names are shown.
compopt() { :; }
_cm_migrate
((${#COMPREPLY[@]} == 0)) || printf '%s\n' "${COMPREPLY[@]}"
