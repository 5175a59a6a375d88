/**
 * `make_home FOLDER` copies the skeleton as Ansible does, with the mode of UMASK in /etc/login.defs (in seven digits at most);
 * `own_home FOLDER` gives it to the user and the group `$u` and `$g`.
 */
export function homeFunctions(skeleton: string): string {
  return (
    `make_home() { case $1 in */*) mkdir -p -- "\${1%/*}/" ;; esac && ` +
    `if [ -d ${skeleton} ]; then cp -R -P --preserve=mode,timestamps -- ${skeleton} "$1"; else mkdir -p -- "$1"; fi || return; ` +
    `m=$(sed -n 's/^UMASK[[:space:]][[:space:]]*\\([0-7]\\{1,7\\}\\)$/\\1/p' /etc/login.defs 2>/dev/null | tail -n 1); ` +
    `[ -z "$m" ] || chmod "$(printf %o $((0777 & ~0$m)))" -- "$1"; }; ` +
    `own_home() { chown -R -h "$u:$g" -- "$1"; }; `
  );
}
