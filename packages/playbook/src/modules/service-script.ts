/** The five verbs for a machine on which systemd runs. */
export const SYSTEMD =
  `status() { systemctl show -p LoadState,ActiveState,SubState,UnitFileState -- "$n"; }; ` +
  `exists() { case $(systemctl show -p LoadState --value -- "$n") in loaded|masked) ;; *) return 1 ;; esac; }; ` +
  `running() { case $(systemctl show -p ActiveState --value -- "$n") in active|activating|reloading) ;; *) return 1 ;; esac; }; ` +
  `act() { quietly systemctl "$1" -- "$n"; }; ` +
  `enabled() { systemctl is-enabled --quiet -- "$n"; }; ` +
  `enable() { quietly systemctl "$1" -- "$n"; }; `;

/**
 * The same for init scripts. `status` is asked first (LSB: 0 runs, 3 does not); a script that does not know it is judged by
 * `pattern`, which is given over stdin, so that grep does not find itself. The clean environment is that of service(8).
 */
export const INIT_SCRIPTS =
  `status() { :; }; i=/etc/init.d/$n; ` +
  `exists() { [ -x "$i" ]; }; ` +
  `running() { if [ -n "$pattern" ]; then printf '%s\\n' "$pattern" | grep -qaFf - /proc/[0-9]*/cmdline 2>/dev/null; else "$i" status >/dev/null 2>&1 </dev/null; fi; }; ` +
  `act() { quietly env -i LANG="\${LANG-}" PATH="$PATH" TERM="\${TERM-dumb}" "$i" "$1"$arguments; }; ` +
  `enabled() { for l in /etc/rc[2345].d/S[0-9][0-9]"$n"; do [ ! -e "$l" ] || return 0; done; return 1; }; ` +
  `enable() { [ "$1" != enable ] || quietly update-rc.d "$n" defaults; quietly update-rc.d "$n" "$1"; }; `;

/** What each state does; `c=1` says that something changed. */
export const STATES: Readonly<Record<string, string>> = {
  started: `running || { act start || give_up start; c=1; }; `,
  stopped: `if running; then act stop || give_up stop; c=1; fi; `,
  restarted:
    `if [ -n "$pause" ] && running; then act stop || give_up stop; sleep "$pause"; act start || give_up start; ` +
    `else act restart || give_up restart; fi; c=1; `,
  reloaded: `if running; then act reload || give_up reload; else act start || give_up start; fi; c=1; `,
};
