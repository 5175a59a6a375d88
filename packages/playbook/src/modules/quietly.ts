/**
 * `quietly COMMAND…` keeps what the command prints for `printed` and `complained`, until the next one. Daemons may keep the output
 * open, so it goes to files, never through $( ); the files have no names any more, so nothing can be left behind, and the
 * command does not inherit them twice. They are made when the first command needs them. Behind FIELDS.
 */
export const QUIETLY =
  `kept=; keep() { d=$(mktemp -d) && exec 5<>"$d/o" 6<>"$d/e" && rm -rf "$d" && kept=1 || fail 'cannot keep the output of a command: no temporary file can be made'; }; ` +
  `quietly() { [ -n "$kept" ] || keep; "$@" >/dev/fd/5 2>/dev/fd/6 </dev/null 5>&- 6>&-; }; ` +
  `printed() { [ -z "$kept" ] || cat /dev/fd/5; }; complained() { [ -z "$kept" ] || cat /dev/fd/6; }; `;
