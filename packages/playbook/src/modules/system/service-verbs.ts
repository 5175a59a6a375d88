/** Whether a link of a runlevel starts the init script. */
const RUNLEVELS = `started_at_boot() { for l in /etc/rc[2345].d/S[0-9][0-9]"$n"; do [ ! -e "$l" ] || return 0; done; return 1; }; `;

/**
 * What a service can be asked and told, with systemd. `$props` is what systemctl shows of it, asked once; `$ctl` is systemctl with the
 * task's flags. A unit that systemd made of an init script is enabled by links, and one that is enabled only as part of others
 * has to be looked at more closely. In a chroot, and for what is enabled for every user, there is nothing to show but that.
 */
export const SYSTEMD_VERBS =
  RUNLEVELS +
  `properties() { load=; active=; file=; error=; IFS=$N; set -f; ` +
  `for l in $props; do case $l in LoadState=*) load=\${l#*=} ;; ActiveState=*) active=\${l#*=} ;; UnitFileState=*) file=\${l#*=} ;; LoadError=*) error=\${l#*=} ;; esac; done; ` +
  `set +f; unset IFS; }; ` +
  `look() { props=$($ctl show -- "$n" 2>/dev/null); properties; ` +
  `[ -n "$load" ] || { file=$($ctl is-enabled -- "$n" 2>/dev/null); load=\${file:-not-found}; }; ` +
  `case $error,$load in ,* | *,masked | *,not-found) ;; *) fail "Error loading unit file '$n': $error" ;; esac; }; ` +
  `exists() { case $load in '' | not-found) [ -x "/etc/init.d/$n" ] ;; esac; }; ` +
  `running() { case $active in active | activating | reloading) ;; *) return 1 ;; esac; }; ` +
  `stopping() { [ "$active" = deactivating ]; }; ` +
  `enabled() { case $file in enabled | enabled-runtime | static) ;; indirect | alias) [ "$($ctl is-enabled -l -- "$n" 2>/dev/null)" != "$file" ] ;; generated | '') started_at_boot ;; *) return 1 ;; esac; }; ` +
  `masked() { [ "$load" = masked ] || [ "$file" = masked ]; }; ` +
  `tell() { quietly $ctl "$1" -- "$n"; }; ` +
  `show() { say status "$props"; }; `;

/**
 * The same for init scripts. `status` is asked first (LSB: 0 runs, 3 does not); a script that does not know it is judged by
 * `$pattern`, which is given over stdin, so that grep does not find itself. The clean environment is that of service(8).
 */
export const INIT_SCRIPT_VERBS =
  RUNLEVELS +
  `look() { i=/etc/init.d/$n; }; show() { :; }; ` +
  `exists() { [ -x "$i" ]; }; ` +
  `running() { if [ -n "$pattern" ]; then printf '%s\\n' "$pattern" | grep -qaFf - /proc/[0-9]*/cmdline 2>/dev/null; else "$i" status >/dev/null 2>&1 </dev/null; fi; }; ` +
  `stopping() { return 1; }; masked() { return 1; }; enabled() { started_at_boot; }; ` +
  `tell() { case $1 in enable) quietly update-rc.d "$n" defaults; quietly update-rc.d "$n" enable ;; disable) quietly update-rc.d "$n" disable ;; ` +
  `*) eval "quietly env -i LANG=\\"\\\${LANG-}\\" PATH=\\"\\$PATH\\" TERM=\\"\\\${TERM-dumb}\\" \\"\\$i\\" \\"\\$1\\"$words" ;; esac; }; `;
