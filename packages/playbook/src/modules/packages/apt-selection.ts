import { plain } from '@tenon/jinja/text';
import { quote } from '../../shell/quote.js';
import type { AptWork } from './apt-script.js';
import type { WantedPackage } from './apt-packages.js';
import { installedPackages } from './dpkg-script.js';

/** A glob as a pattern of `case`: quoting would make it plain text. */
const pattern = (glob: string) =>
  glob
    .split(/(\[[^\]]*\]|[*?])/)
    .map((part, odd) => (odd % 2 === 1 ? part : part === '' ? '' : quote(part)))
    .join('');

/**
 * Names that fit a glob, of all that apt knows (Ansible 2.14). The beginning without a glob is apt-cache's business, the rest
 * the shell's: a process a name would take minutes.
 */
function expandGlob({ name, written }: WantedPackage): string {
  const beginning = /^[^*?[]*/.exec(name)?.[0] ?? '';
  return (
    `found=; for n in $(apt-cache pkgnames ${quote(beginning)}); do case $n in ${pattern(name)}) found="$found $n" ;; esac; done; ` +
    `[ -n "$found" ] || fail ${quote(`No package(s) matching '${written}' available`)}; `
  );
}

/** Whether the version that is installed is the right one. */
function versionTest({ comparison, version }: WantedPackage): string {
  if (comparison === '') return ':';
  if (comparison === '=') return `case $version in ${pattern(version)}) ;; *) false ;; esac`;
  return `dpkg --compare-versions "$version" ge ${quote(version)}`;
}

/** What apt-get shall install: `name>=version` is the newest there is. */
const installable = ({ name, comparison, written }: WantedPackage) => (comparison === '>=' ? name : written);

/** Adds to `chosen` what has to be installed or removed, and to `there` what is in order already. */
function choose(wanted: WantedPackage, args: AptWork['args']): string {
  const own = wanted.isGlob ? '"$n"' : quote(wanted.name);
  const take = wanted.isGlob ? '$n' : quote(installable(wanted));
  const add = `chosen="$chosen "${take}`;
  if (plain(args.state) === 'absent') {
    const isThere = args.purge ? `[ -n "$left" ]` : `[ -n "$version" ]`;
    const isRight = wanted.comparison === '' ? '' : ` && { ${versionTest(wanted)}; }`;
    return `installed ${own}; if ${isThere}${isRight}; then chosen="$chosen "${wanted.isGlob ? '$n' : quote(wanted.name)}; fi; `;
  }
  const missing = args.only_upgrade ? ':' : add;
  const loose = wanted.comparison === '=' ? '' : `loose="$loose "${own}; `;
  return `installed ${own}; if [ -z "$version" ]; then ${missing}; elif ${versionTest(wanted)}; then there="$there "${own}; ${loose}else ${add}; fi; `;
}

/** The newest version of what is there already; apt-cache is asked once for all of them. */
const NEWER =
  `if [ -n "$loose" ]; then name=; field=; for w in $(apt-cache policy$release $loose | sed -n 's/^\\([^ ].*\\):$/\\1/p; s/^  \\(Installed\\|Candidate\\): /\\1 /p'); do ` +
  `case $w in Installed | Candidate) field=$w ;; *) case $field in Installed) now=$w; field= ;; Candidate) field=; [ "$w" = "$now" ] || [ "$w" = '(none)' ] || chosen="$chosen $name" ;; *) name=$w ;; esac ;; esac; done; fi; `;

/** Script text that sets `chosen` to the words that apt-get shall work on and `there` to what is as it should be. */
export function choosePackages({ packages, args }: AptWork): string {
  const globs = packages.filter(({ isGlob }) => isGlob);
  const plainNames = packages.filter(({ isGlob }) => !isGlob).map(({ name }) => name);
  const release =
    args.default_release === undefined
      ? ''
      : ` -o APT::Default-Release=${quote(plain(args.default_release))}`;
  const steps = packages.map((wanted) =>
    wanted.isGlob
      ? `${expandGlob(wanted)}for n in $found; do ${choose(wanted, args)}done; `
      : choose(wanted, args),
  );
  return (
    installedPackages([...plainNames, ...globs.map(({ name }) => name)]) +
    `chosen=; there=; loose=; ${steps.join('')}` +
    (plain(args.state) === 'latest' ? NEWER.replace('$release', () => release) : '')
  );
}
