import { plain } from '@tenon/jinja/text';
import { expandingWord, pathWord, refuseEscape } from '../../shell/path-word.js';
import type { RemoteOutput } from '../../transport/transport.js';
import { archiveSteps, separateSteps, submoduleSteps, verifySteps } from './git-extras.js';
import { gitOptions, type GitArguments } from './git-options.js';
import { cloneSteps, CURRENT_BRANCH, fetchSteps, RESOLVE, switchSteps } from './git-versions.js';
import { refWord, repoWord, sshEnvironment, umaskStep } from './git-words.js';
import { defineModule, done, ModuleError, type ModuleContext, type Step } from '../module.js';
import { END, FIELDS, readFields } from '../script-fields.js';

function executableWord({ executable }: GitArguments): string {
  if (executable === undefined) return 'git';
  refuseEscape(executable, 'executable');
  return expandingWord(executable);
}

function begin(args: GitArguments): string {
  const there = args.bare ? `[ -f "$d/config" ]` : `[ -f "$d/.git/config" ] || [ -f "$d/.git" ]`;
  return (
    `${FIELDS}${umaskStep(args)}${sshEnvironment(args)}git=${executableWord(args)}; d=${pathWord(args.dest, 'dest')}; d=\${d%/}; ` +
    `repo=${repoWord(args.repo)}; v=${refWord(args.version, 'version')}; r=${refWord(args.remote, 'remote')}; ` +
    `command -v "$git" >/dev/null || fail "Failed to find required executable \\"$git\\""; case $d in /*) ;; *) d=$PWD/$d ;; esac; ` +
    `x() { said=$("$git" -C "$d" "$@" 2>&1 </dev/null); }; there() { ${there}; }; ` +
    `head() { "$git" -C "$d" rev-parse HEAD 2>/dev/null; }; ${RESOLVE}${CURRENT_BRANCH}`
  );
}

/** Nothing is there yet. Check mode and clone: no only ask what there would be. */
function fresh(args: GitArguments, checkMode: boolean): string {
  const only =
    checkMode || !args.clone
      ? `after=\${want:-$v}; changes=1; `
      : cloneSteps(
          args,
          args.separate_git_dir === undefined
            ? ''
            : `set -- "$@" --separate-git-dir=${pathWord(args.separate_git_dir, 'separate_git_dir')}; `,
        ) + `changes=1; switch=${args.bare ? '' : '1'}; `;
  return `resolve "$v"; ${only}`;
}

/** Local changes are thrown away with force only; check mode fails as well. */
function localChanges({ bare, force }: GitArguments, checkMode: boolean): string {
  if (bare) return '';
  const act = checkMode ? '' : `x reset --hard HEAD || fail "$said"; changes=1; say reset 1; `;
  return (
    `mods=; while IFS= read -r l; do case $l in '??'*|'') ;; *) mods=1 ;; esac; done <<E_N_D\n$("$git" -C "$d" status --porcelain)\nE_N_D\n` +
    `[ -z "$mods" ] || { ${force ? act : `fail "Local modifications exist in the destination: $d (force=no)."; `}}; `
  );
}

function remoteUrl(checkMode: boolean): string {
  const set = `x remote set-url -- "$r" "$repo" || fail "Failed to set a new url $repo for $r: $said"; `;
  return (
    `u=$("$git" -C "$d" ls-remote --get-url "$r"); ` +
    `[ "\${u%/}" = "\${repo%/}" ] || { changes=1; say remote_url_changed 1; ${checkMode ? '' : set}}; `
  );
}

/**
 * Asks the other side what the version is, and fetches only when that is not what is checked out. A commit that is checked
 * out needs no question.
 */
function compare(args: GitArguments, checkMode: boolean): string {
  const act = checkMode
    ? `after=\${want:-$v}; [ "$before" = "$after" ] || changes=1; `
    : `[ -n "$same" ] || { ${fetchSteps(args)}switch=${args.bare ? '' : '1'}; }; `;
  const always = args.bare || args.refspec !== undefined;
  return (
    `branches; same=; want=; kind=; case $v in *[!0-9a-f]*) ;; ???????*) case $current$before in "$v"*) same=1 want=$before ;; esac ;; esac; ` +
    `if [ -z "$same" ]; then q=$v; [ "$v" != HEAD ] || q=\${b:-HEAD}; resolve "$q"; ` +
    `[ "$v" != HEAD ] || [ -n "$want" ] || fail "Could not determine remote revision for HEAD"; ` +
    `if [ "$want" = "$before" ]; then case $kind in branch) [ "$current" != "$q" ] || same=1 ;; tag) [ -n "$current" ] || same=1 ;; esac; fi; fi; ` +
    `${always ? 'same=; ' : ''}${act}`
  );
}

function script(args: GitArguments, { checkMode }: ModuleContext): string {
  const old = args.update
    ? localChanges(args, checkMode) + remoteUrl(checkMode) + compare(args, checkMode)
    : 'after=$before; ';
  const finish = checkMode
    ? ''
    : `[ -z "$switch" ] || { ${switchSteps(args)}${verifySteps(args)}}; ` +
      (args.update ? `! there || { ${submoduleSteps(args)}:; }; ` : '');
  return (
    `${begin(args)}before=; after=; switch=; if there; then ${separateSteps(args, checkMode)}before=$(head); ${old}` +
    `else ${fresh(args, checkMode)}fi; ${finish}[ -n "$after" ] || after=$(head); ` +
    `[ "$before" = "$after" ] || changes=1; ${archiveSteps(args, checkMode)}` +
    `say before "$before"; say after "$after"; ${END}`
  );
}

function interpret(output: RemoteOutput, args: GitArguments, { diffMode }: ModuleContext): Step {
  const fields = readFields(output, `bring ${plain(args.repo)} to ${plain(args.dest)}`);
  const [before = '', after = ''] = [fields.get('before'), fields.get('after')];
  const folders = ['git_dir_before', 'git_dir_now'].flatMap((name) => {
    const value = fields.get(name);
    return value === undefined ? [] : [[name, value] as const];
  });
  const depth = fields.get('warning depth');
  return done({
    changed: fields.get('changed') === '1',
    ...(fields.has('reset') && { msg: `Local modifications exist in the destination: ${plain(args.dest)}` }),
    returns: {
      before: before === '' ? null : before,
      after,
      ...(before !== '' && args.update && { remote_url_changed: fields.has('remote_url_changed') }),
      ...(fields.has('submodules_changed') && { submodules_changed: true }),
      ...Object.fromEntries(folders),
      ...(depth !== undefined && { warnings: [depth] }),
    },
    ...(diffMode &&
      before !== after && { diff: { before: before === '' ? '' : `${before}\n`, after: `${after}\n` } }),
  });
}

export const git = defineModule({
  name: 'git',
  summary: 'Brings a git repository to a version.',
  checkMode: 'supported',
  options: gitOptions,
  examples: `
- git:
    repo: https://git.example.org/app.git
    dest: /srv/app
    version: v1.2
`,
  returns: {
    before: 'The commit that was checked out; none for a new folder.',
    after: 'The commit that is.',
    remote_url_changed: 'Whether it came from somewhere else before.',
    submodules_changed: 'Whether a submodule has changed.',
    git_dir_before: 'Where the repository was, when it has moved.',
    git_dir_now: 'Where it is.',
  },
  run(args, context) {
    if (args.separate_git_dir !== undefined && args.bare)
      throw new ModuleError('parameters are mutually exclusive: separate_git_dir|bare');
    if (args.accept_hostkey && args.accept_newhostkey)
      throw new ModuleError('parameters are mutually exclusive: accept_hostkey|accept_newhostkey');
    if (args.archive_prefix !== undefined && args.archive === undefined)
      throw new ModuleError("missing parameter(s) required by 'archive_prefix': archive");
    // git may leave a process behind that tidies the repository up: isolated keeps it off the channel.
    return {
      plan: {
        script: script(args, context),
        isolated: true,
        interpret: (output) => interpret(output, args, context),
      },
    };
  },
});
