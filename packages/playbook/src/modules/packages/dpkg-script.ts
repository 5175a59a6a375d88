import { quote } from '../../shell/quote.js';

/**
 * Script text that asks dpkg once for all packages and defines `installed NAME`: it sets `version`, '' when the package is not
 * installed, and `left` to 1 when there is something of it to purge. NAME may have an architecture; without one it is the
 * machine's own. `$known` keeps `name|status|version` lines. Everything after the one process is done by the shell itself.
 */
export function installedPackages(names: readonly string[]): string {
  const format = ['${Package}', '${Package}:${Architecture}']
    .map((name) => `${name}|\${db:Status-Abbrev}|\${Version}\\n`)
    .join('');
  return (
    `N='\n'; known="$N$(dpkg-query -W -f '${format}' ${names.map(quote).join(' ')} 2>/dev/null)$N"; ` +
    // The file is there as soon as dpkg knows a second architecture; the first one is the machine's own.
    `native=; { read -r native </var/lib/dpkg/arch; } 2>/dev/null || :; ` +
    `line_of() { line=\${known#*"$N$1|"}; [ "$line" != "$known" ] && line=\${line%%"$N"*}; }; ` +
    `installed() { version=; left=; case $native,$1 in ,* | *,*:*) line_of "$1" ;; *) line_of "$1:$native" || line_of "$1:all" ;; esac || return 0; ` +
    `case $line in ?[!n]*) left=1 ;; esac; case $line in ?i*) version=\${line##*|} ;; esac; }; `
  );
}
