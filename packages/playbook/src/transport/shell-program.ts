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
 * The program of the persistent shell: reads one request a line and the request's bytes behind it. Requests may be
 * queued behind plain ones; behind an isolated one only `stop`, `kill` and `done` are heard.
 *   plain NONCE WHEN SCRIPT-LINES SCRIPT-BYTES CONTENT-BYTES   our own scripts: a subshell, content on stdin
 *   isolated NONCE WHEN SCRIPT-LINES SCRIPT-BYTES              everything else (SUPERVISOR)
 *   stop | kill                               TERM | KILL for the process group of the isolated task
 *   done                                      the end marker was seen: whatever still holds the task's pipes loses them
 * WHEN is `always`, or `success`: not run, and answered with the status -1, when the request before it failed.
 * A short script comes as lines, because `read` needs no process, a long one as bytes; the other number is 0. A line end is
 * behind every script, so that one which did not arrive whole is not run. `read` takes byte by byte and `head -c` exactly what it
 * is told (coreutils), so nothing of the next request is lost.
 * `cat` after a plain script swallows content that the script did not want. Whether `env` is new enough for SUPERVISOR is found out
 * while the first request arrives.
 */
const LOOP = String.raw`
E=; env --default-signal=INT true 2>/dev/null & asked=$!
g= r=0 N='
'
forget() { if [ -n "$g" ]; then kill -s KILL -- "-$g"; wait "$g"; g=; fi; } 2>/dev/null
take() {
  s= i=$1
  while [ "$i" -gt 0 ]; do IFS= read -r line || return; s=$s$line$N; i=$((i - 1)); done
  s=\${s%"$N"}
  [ "$2" = 0 ] || { s=$(head -c "$2"; printf .); s=\${s%.}; IFS= read -r line; }
}
drop() { [ "$1" = 0 ] || head -c "$1" >/dev/null; }
begin() { printf '%sB' "$n"; printf '%sB' "$n" >&2; }
end() { printf '%sE%s\n' "$n" "$1"; printf '%sE%s\n' "$n" "$1" >&2; }
trap 'forget; exit 143' TERM
while IFS=' ' read -r verb n when lines size more; do
  case $verb in
  stop) [ -n "$g" ] && kill -s TERM -- "-$g"; continue ;;
  kill) [ -n "$g" ] && kill -s USR1 -- "-$g"; continue ;;
  done) forget; continue ;;
  esac
  forget; take "$lines" "$size" || break
  if [ "$when" = success ] && [ "$r" != 0 ]; then
    drop "\${more:-0}"; begin; end -1
  elif [ "$verb" = isolated ]; then
    [ -z "$asked" ] || { wait "$asked" && E='env --default-signal=INT,QUIT'; asked=; }
    printf '%s\n%s' "$n" "$s" | setsid /bin/sh -c "$supervisor" tenon $E & g=$!
  else
    begin
    if [ "$more" = 0 ]; then (eval "$s") </dev/null
    else head -c "$more" | { (eval "$s"); r=$?; cat >/dev/null; exit "$r"; }; fi
    r=$?
    end "$r"
  fi
done
forget
`.replaceAll('\\$', '$');

/** The status of a request that was not to be run. */
export const SKIPPED_RC = -1;

/** The whole program; `ready` and its process number are printed on stdout when the shell listens. */
export function shellProgram(ready: string): string {
  const supervisor = SUPERVISOR.replaceAll("'", `'\\''`);
  return `supervisor='${supervisor}'\nprintf '%s%s\\n' '${ready}' "$$"\n${LOOP}`;
}

/** The command that starts the program; it prints `started`, and the program itself follows on stdin. */
export function shellCommand(program: string, started: string): string {
  return `/bin/sh -c 'printf %s ${started}; eval "$(head -c ${Buffer.byteLength(program)})"'`;
}

/** Plain script that ends another such shell of the same user and all that it runs: TERM, then KILL. */
export function endShellScript(processNumber: number): string {
  return `read -r _ _ _ _ g _ </proc/${processNumber}/stat || exit
kill -s TERM -- "-$g"; sleep 0.5; kill -s KILL -- "-$g"`;
}
