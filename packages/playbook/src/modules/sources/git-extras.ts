import { plain } from '@tenon/jinja/text';
import { pathWord } from '../../shell/path-word.js';
import { quote } from '../../shell/quote.js';
import type { GitArguments } from './git-options.js';
import { ModuleError } from '../module.js';

/** Text that brings submodules to the commits that the repository names, or with track_submodules to their branches. */
export function submoduleSteps({ recursive, bare, track_submodules: track, force }: GitArguments): string {
  if (!recursive || bare) return '';
  const flags = `--init --recursive${track ? ' --remote' : ''}${force ? ' --force' : ''}`;
  return (
    `commits() { "$git" -C "$d" submodule --quiet foreach --recursive 'git rev-parse HEAD' 2>/dev/null </dev/null; }; ` +
    `if [ -e "$d/.gitmodules" ]; then old=$(commits); x submodule sync --recursive || fail "Failed to init/update submodules: $said"; ` +
    `x submodule update ${flags} || fail "Failed to init/update submodules: $said"; ` +
    `[ "$old" = "$(commits)" ] || { changes=1; say submodules_changed 1; }; fi; `
  );
}

/** Text that fails unless the version is signed, and by one of the fingerprints when there are some. */
export function verifySteps({ verify_commit: wanted, gpg_whitelist: fingerprints }: GitArguments): string {
  if (!wanted) return '';
  const allowed = fingerprints.map((each) => plain(each).replaceAll(' ', ''));
  if (allowed.some((each) => !/^[0-9A-Fa-f]+$/.test(each)))
    throw new ModuleError('gpg_whitelist takes fingerprints of hexadecimal digits');
  const check =
    allowed.length === 0
      ? ''
      : `good=; while read -r l word print rest; do [ "$word" = VALIDSIG ] || continue; ` +
        `for f in ${allowed.join(' ')}; do case " $print $rest " in *" $f "*) good=1 ;; esac; done; done <<E_N_D\n$said\nE_N_D\n` +
        `[ -n "$good" ] || fail "The gpg_whitelist does not include the public key of this commit"; `;
  return (
    `kind_of=commit; [ "$("$git" -C "$d" cat-file -t "refs/tags/$v" 2>/dev/null)" != tag ] || kind_of=tag; ` +
    `x "verify-$kind_of" --raw "$v" || fail "Failed to verify GPG signature of commit/tag \\"$v\\": $said"; ${check}`
  );
}

const FORMATS: Readonly<Record<string, string>> = {
  '.zip': 'zip',
  '.gz': 'tar.gz',
  '.tar': 'tar',
  '.tgz': 'tgz',
};

/** Text that writes the version to an archive; an archive that would be the same stays. */
export function archiveSteps({ archive, archive_prefix: prefix }: GitArguments, checkMode: boolean): string {
  if (archive === undefined) return '';
  if (checkMode) return 'changes=1; ';
  const format = FORMATS[/\.[^./]*$/.exec(plain(archive))?.[0] ?? ''];
  if (format === undefined)
    throw new ModuleError(
      "Unable to get file extension from archive file name; it is one of ['tar', 'tar.gz', 'zip', 'tgz']",
    );
  const before = prefix === undefined ? '' : ` --prefix ${quote(plain(prefix))}`;
  return (
    `a=${pathWord(archive, 'archive')}; case $a in */*) p=\${a%/*}; p=\${p:-/} ;; *) p=. ;; esac; ` +
    `t=$(mktemp "$p/.tenon.XXXXXXXXXX" 2>&1) || fail "$t"; trap 'rm -f -- "$t"' EXIT; chmod =rw -- "$t"; ` +
    `x archive --format ${format} --output "$(readlink -f -- "$t")"${before} "$v" || fail "Failed to perform archive operation: $said"; ` +
    `if ! cmp -s -- "$t" "$a"; then changes=1; mv -fT -- "$t" "$a" || fail "Failed to move $t to $a"; fi; `
  );
}

/** Text that moves an old repository to where separate_git_dir says; git itself knows how. */
export function separateSteps({ separate_git_dir: place }: GitArguments, checkMode: boolean): string {
  if (place === undefined) return '';
  const move =
    `[ ! -e "$place" ] || fail "Separate-git-dir path $place already exists."; ` +
    `x init --quiet --separate-git-dir "$place" || fail "Unable to move git dir. $said"; say git_dir_before "$old"; say git_dir_now "$place"; `;
  return (
    `place=${pathWord(place, 'separate_git_dir')}; place=$(readlink -m -- "$place"); old=$("$git" -C "$d" rev-parse --absolute-git-dir); ` +
    `[ "$old" = "$place" ] || { changes=1; ${checkMode ? '' : move}}; `
  );
}
