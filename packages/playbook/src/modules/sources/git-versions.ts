import { plain } from '@tenon/jinja/text';
import { quote } from '../../shell/quote.js';
import type { GitArguments } from './git-options.js';
import { refWord } from './git-words.js';

/**
 * `resolve NAME` asks the other side once what a branch, a tag or HEAD is: `$kind` (branch, tag or nothing) and `$want`, the
 * commit. A tag with a message stands for the commit behind it.
 */
export const RESOLVE =
  `resolve() { kind=; want=; refs=$("$git" ls-remote -- "$repo" HEAD "refs/heads/$1" "refs/tags/$1" "refs/tags/$1^{}" 2>&1 </dev/null) || fail "Failed to ask $repo: $refs"; ` +
  `top=; branch=; tag=; while read -r sum ref; do case $ref in HEAD) top=$sum ;; "refs/heads/$1") branch=$sum ;; ` +
  `"refs/tags/$1") tag=\${tag:-$sum} ;; "refs/tags/$1^{}") tag=$sum ;; esac; done <<E_N_D\n$refs\nE_N_D\n` +
  `if [ "$1" = HEAD ]; then want=$top; elif [ -n "$branch" ]; then kind=branch want=$branch; elif [ -n "$tag" ]; then kind=tag want=$tag; fi; }; `;

/** `$current` becomes the branch that is checked out, and `$b` that or, without one, the branch that the other side's HEAD is. */
export const CURRENT_BRANCH =
  `branches() { current=$("$git" -C "$d" symbolic-ref -q --short HEAD); b=$current; ` +
  `[ -n "$b" ] || { b=$("$git" -C "$d" symbolic-ref -q --short "refs/remotes/$r/HEAD"); b=\${b#"$r/"}; }; }; `;

const REF_CHOICES = (refspec: string | undefined) =>
  refspec === undefined
    ? `if [ "$v" = HEAD ]; then set -- "$b"; elif [ "$kind" = branch ]; then ` +
      `set -- "+refs/heads/$v:refs/remotes/$r/$v"; [ "$current" = "$v" ] || set -- "+refs/heads/$v:refs/heads/$v" "$@"; ` +
      `elif [ "$kind" = tag ]; then set -- "+refs/tags/$v:refs/tags/$v"; fi; `
    : `set -- ${refspec}; `;

/** Text that fetches into an old repository: with a depth as little as will do, else everything. */
export function fetchSteps(args: GitArguments): string {
  const refspec = args.refspec === undefined ? undefined : refWord(args.refspec, 'refspec');
  const force = args.force ? ' --force' : '';
  const all = args.bare ? `'+refs/heads/*:refs/heads/*' '+refs/tags/*:refs/tags/*'` : '';
  const everything = `x fetch${args.bare ? '' : ' --tags'}${force} -- "$r" ${all} ${refspec ?? ''} || fail "Failed to download remote objects and refs: $said"; `;
  if (args.depth === undefined || args.depth <= 0) return everything;
  return (
    `set --; ${REF_CHOICES(refspec)}if [ $# = 0 ]; then ${everything}` +
    `else x fetch --depth ${args.depth}${force} -- "$r" "$@" || fail "Failed to download remote objects and refs: $said"; fi; `
  );
}

/** Text that checks the version out: a branch as it is on the other side, whatever the local one was. */
export function switchSteps({ depth }: GitArguments): string {
  const shallow =
    depth === undefined || depth <= 0
      ? ''
      : `[ -n "$local" ] || x fetch --depth ${depth} -- "$r" "+refs/heads/$v:refs/heads/$v" "+refs/heads/$v:refs/remotes/$r/$v" || fail "Failed to fetch branch from remote: $v"; ` +
        `local=1; `;
  return (
    `if [ "$v" = HEAD ]; then branches; [ -n "$b" ] || fail "Could not determine remote revision for HEAD"; ` +
    `x checkout --force "$b" -- && x reset --hard "$r/$b" -- || fail "Failed to checkout branch $b: $said"; ` +
    `elif [ "$kind" = branch ]; then local=; ! x show-ref --verify --quiet "refs/heads/$v" || local=1; ${shallow}` +
    `if [ -n "$local" ]; then x checkout --force "$v" -- && x reset --hard "$r/$v" -- || fail "Failed to checkout branch $v: $said"; ` +
    `else x checkout --track -b "$v" "$r/$v" -- || fail "Failed to checkout $v: $said"; fi; ` +
    `else x checkout --force "$v" -- || fail "Failed to checkout $v: $said"; fi; `
  );
}

/** Text that makes a new repository; `$kind` is known. */
export function cloneSteps(args: GitArguments, separate: string): string {
  const shallow = args.depth !== undefined && args.depth > 0;
  const depth = `--depth ${args.depth ?? 0}`;
  const ignored = `say 'warning depth' 'Ignoring depth argument. Shallow clones are only available for HEAD, branches, tags or in combination with refspec.'; `;
  const branch = `[ -z "$kind" ] || set -- "$@" --branch "$v"; `;
  const more = args.refspec === undefined ? '' : refWord(args.refspec, 'refspec');
  return (
    `set --; ${args.bare ? 'set -- --bare; ' : 'set -- --origin "$r"; '}` +
    (!shallow
      ? ''
      : more !== ''
        ? `set -- "$@" ${depth}; `
        : `if [ "$v" = HEAD ] || [ -n "$kind" ]; then set -- "$@" ${depth}; ${args.single_branch ? '' : branch}else ${ignored}fi; `) +
    (args.single_branch ? `set -- "$@" --single-branch; ${branch}` : '') +
    (args.reference === undefined ? '' : `set -- "$@" --reference ${quote(plain(args.reference))}; `) +
    `${separate}mkdir -p -- "\${d%/*}/" 2>/dev/null; ` +
    `said=$("$git" clone "$@" -- "$repo" "$d" 2>&1 </dev/null) || fail "$said"; ` +
    (args.bare ? `[ "$r" = origin ] || x remote add -- "$r" "$repo" || fail "$said"; ` : '') +
    (more === '' ? '' : `x fetch ${shallow ? depth : ''} -- "$r" ${more} || fail "$said"; `)
  );
}
