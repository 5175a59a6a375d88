import { plain, type Str } from '@tenon/jinja/text';
import { quote } from '../../shell/quote.js';
import { attributeSteps, type Attributes } from './file-attributes.js';

/** How an archive is unpacked. */
export interface UnpackRules {
  readonly attributes: Attributes;
  readonly exclude: readonly Str[];
  readonly include: readonly Str[];
  /** Words for tar or unzip, as the playbook wrote them. */
  readonly options: readonly string[];
  readonly keepNewer: boolean;
  readonly checkMode: boolean;
}

/** `$k` becomes what kind of archive `$a` is, in the name of Ansible's handler for it. */
const KIND =
  `k=$(head -c 6 -- "$a" | od -An -tx1 | tr -d ' \\n'); ` +
  'case $k in 504b*) k=ZipArchive ;; 1f8b*) k=TgzArchive ;; 425a68*) k=TarBzipArchive ;; fd377a585a*) k=TarXzArchive ;; 28b52ffd*) k=TarZstdArchive ;; *) k=TarArchive ;; esac; ';

/** What tar's comparison says that is no difference: of owners and modes that the task sets itself, or that a user cannot set. */
function ignored({ attributes, keepNewer }: UnpackRules): string {
  const lines = [
    ...(attributes.owner === undefined ? [] : ['Uid']),
    ...(attributes.group === undefined ? [] : ['Gid']),
    ...(attributes.mode === undefined ? [] : ['Mode']),
    ...(keepNewer ? ['Mod time'] : []),
  ];
  const own = lines.map((what) => ` -e ': ${what} differs$'`).join('');
  return ` | { if [ "$(id -u)" = 0 ]; then cat; else grep -v -e ': [UG]id differs$'; fi; } | grep -qv -e '^tar: Removing leading' -e '^tar: : Warning: Cannot stat' -e '^$'${own}`;
}

const names = (texts: readonly Str[]) => texts.map((text) => ` ${quote(plain(text))}`).join('');

function tarWords({ exclude, include, options, keepNewer }: UnpackRules): {
  compare: string;
  extract: string;
  list: string;
} {
  const excludes = exclude.map((pattern) => ` --exclude=${quote(plain(pattern))}`).join('');
  const more = options.map((word) => ` ${quote(word)}`).join('');
  const members = include.length === 0 ? '' : ` --${names(include)}`;
  const shared = `-f "$a"${excludes}${more}`;
  return {
    compare: `tar --diff -C "$d" ${shared}${members}`,
    extract: `tar --extract -C "$d"${keepNewer ? ' --keep-newer-files' : ''} ${shared}${members}`,
    list: `tar --list --quoting-style=literal --show-transformed-names ${shared}${members}`,
  };
}

function zipWords({ exclude, include, options, keepNewer }: UnpackRules): {
  extractTo: (folder: string) => string;
  list: string;
} {
  const more = options.map((word) => ` ${quote(word)}`).join('');
  const members = names(include);
  const excludes = exclude.length === 0 ? '' : ` -x${names(exclude)}`;
  return {
    extractTo: (folder) => `unzip -qo${keepNewer ? 'u' : ''}${more} "$a"${members}${excludes} -d ${folder}`,
    list: `unzip -Z1 "$a"${members}${excludes}`,
  };
}

/** A tar is compared by tar itself; in check mode it is left alone, as in Ansible. */
function tarText(rules: UnpackRules): string {
  const { compare, extract } = tarWords(rules);
  if (rules.checkMode)
    return `report skipped 'remote module (unarchive) does not support check mode when using gtar'; `;
  return (
    `command -v tar >/dev/null || report failed "Failed to find handler for \\"$a\\": the machine has no tar; install it"; ` +
    `if LC_ALL=C ${compare} 2>&1${ignored(rules)}; then m=$(LC_ALL=C ${extract} 2>&1) || report failed "failed to unpack $a to $d: $m"; c=1; fi; `
  );
}

/** A zip is unpacked beside and compared file by file: it has checksums, but nothing on the machine compares them. */
function zipText(rules: UnpackRules): string {
  const { extractTo } = zipWords(rules);
  const differs = `for f; do g=$d/\${f#./}; if [ -L "$f" ]; then [ "$(readlink -- "$f")" = "$(readlink -- "$g")" ]; elif [ -d "$f" ]; then [ -d "$g" ]; else ${rules.keepNewer ? '[ "$g" -nt "$f" ] || ' : ''}cmp -s -- "$f" "$g"; fi || echo x; done`;
  const extract = rules.checkMode
    ? ''
    : `m=$(${extractTo('"$d"')} 2>&1) || [ $? = 1 ] || report failed "failed to unpack $a to $d: $m"; `;
  return (
    `command -v unzip >/dev/null || report failed "Failed to find handler for \\"$a\\": the machine has no unzip; install it"; ` +
    `mkdir "$h/z"; m=$(${extractTo('"$h/z"')} 2>&1) || [ $? = 1 ] || report failed "failed to unpack $a to $d: $m"; ` +
    `case $d in /*) ;; *) d=$PWD/$d ;; esac; export d; ` +
    `if [ -n "$(cd "$h/z" && find . -mindepth 1 -exec sh -c ${quote(differs)} sh {} +)" ]; then ${extract}c=1; fi; `
  );
}

/** Attributes of every member and of the folders at the top. */
function ownText({ attributes, checkMode }: UnpackRules): string {
  const steps = attributeSteps(attributes);
  if (steps === '' || checkMode) return '';
  return `while IFS= read -r member; do for f in "$d/$member" "$d/\${member%%/*}"; do [ ! -e "$f" ] || { ${steps}:; }; done; done <"$h/list"; `;
}

/** Script text that unpacks `$a` into the folder `$d`, and reports the kind of archive and, behind it, the members. */
export function unpackText(rules: UnpackRules): string {
  const { list } = tarWords(rules);
  return (
    KIND +
    `if [ $k = ZipArchive ]; then ${zipText(rules)}${zipWords(rules).list} >"$h/list" 2>/dev/null; ` +
    `else ${tarText(rules)}${list} >"$h/list" 2>/dev/null; fi; ` +
    ownText(rules) +
    `printf 'members\\0'; cat -- "$h/list"; printf '\\0'; case $c in 0) report ok "$k" ;; *) report changed "$k" ;; esac`
  );
}
