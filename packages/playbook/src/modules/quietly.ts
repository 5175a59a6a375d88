/**
 * `quietly COMMAND…` keeps the output for `said`. Daemons may keep the output open, so it goes to a file, never through $( );
 * the file has no name any more, so nothing can be left behind, and the command does not inherit it twice.
 */
export const QUIETLY =
  `t=$(mktemp) && exec 5<>"$t" && rm -f "$t" || { printf 'failed work: %s\\n' 'no temporary file can be made'; exit 0; }; ` +
  `quietly() { "$@" >/dev/fd/5 2>&1 </dev/null 5>&-; }; said() { cat </dev/fd/5; }; `;
