/**
 * Runs beside every isolated task, as leader of a session of its own. Reads the nonce from stdin and hands the rest of stdin
 * (the task's text) to the task as fd 3, so that no text is ever in an argv. Both output streams of the task go through `cat`:
 * a process that the task leaves behind keeps the pipe, and dies with SIGPIPE at worst, but never reaches the channel again
 * once the session is killed. The end marker travels through the same pipes, so it comes after all that the task has printed.
 * `env --default-signal` undoes what `&` does to SIGINT and SIGQUIT. The X marker says that somebody killed the middle process.
 */
const SUPERVISOR = String.raw`
trap '' TERM USR1
IFS= read -r n
exec 3<&0 </dev/null
{ { {
  trap 'kill -s TERM -- "-$t"' TERM
  trap 'kill -s KILL -- "-$t"' USR1
  printf '%sB' "$n"; printf '%sB' "$n" >&2
  setsid "$@" /bin/sh /dev/fd/3 & t=$!
  while :; do wait "$t" 2>/dev/null; r=$?; kill -0 "$t" 2>/dev/null || break; done
  printf '%sE%s\n' "$n" "$r"; printf '%sE%s\n' "$n" "$r" >&2
} 2>&1 1>&4 4>&- | cat >&2 4>&-; } 4>&1 | cat; }
printf '%sX\n' "$n"; printf '%sX\n' "$n" >&2
`;

/**
 * The program of the persistent shell: reads one request a line and the request's bytes behind it.
 *   plain NONCE SCRIPT-BYTES CONTENT-BYTES    our own scripts: a subshell, content on stdin
 *   isolated NONCE SCRIPT-BYTES               everything else (SUPERVISOR)
 *   stop | kill                               TERM | KILL for the process group of the isolated task
 *   done                                      the end marker was seen: whatever still holds the task's pipes loses them
 * `head -c` reads exactly what it is told (coreutils), `read` byte by byte, so nothing of the next request is lost.
 * `cat` after a plain script swallows content that the script did not want.
 */
const LOOP = String.raw`
E=; env --default-signal=INT true 2>/dev/null && E='env --default-signal=INT,QUIT'
g=
forget() { if [ -n "$g" ]; then kill -s KILL -- "-$g"; wait "$g"; g=; fi; } 2>/dev/null
take() { s=$(head -c "$1"; printf .); s=\${s%.}; }
while IFS=' ' read -r verb n size more; do
  case $verb in
  stop) [ -n "$g" ] && kill -s TERM -- "-$g" ;;
  kill) [ -n "$g" ] && kill -s USR1 -- "-$g" ;;
  done) forget ;;
  plain)
    forget; take "$size"
    printf '%sB' "$n"; printf '%sB' "$n" >&2
    if [ "$more" = 0 ]; then (eval "$s") </dev/null
    else head -c "$more" | { (eval "$s"); r=$?; cat >/dev/null; exit "$r"; }; fi
    r=$?
    printf '%sE%s\n' "$n" "$r"; printf '%sE%s\n' "$n" "$r" >&2 ;;
  isolated)
    forget; take "$size"
    printf '%s\n%s' "$n" "$s" | setsid /bin/sh -c "$supervisor" tenon $E & g=$! ;;
  esac
done
forget
`.replaceAll('\\$', '$');

/** The whole program; `ready` is printed on stdout when the shell listens. */
export function shellProgram(ready: string): string {
  const supervisor = SUPERVISOR.replaceAll("'", `'\\''`);
  return `supervisor='${supervisor}'\nprintf '%s' '${ready}'\n${LOOP}`;
}

/** The command that starts the program; the program itself follows on stdin. */
export function shellCommand(program: string): string {
  return `/bin/sh -c 'eval "$(head -c ${Buffer.byteLength(program)})"'`;
}
