import { plain } from '@tenon/jinja/text';
import { quote } from '../../shell/quote.js';
import type { aptOptions } from './apt-options.js';
import type { Arguments } from '../options.js';

export type AptArguments = Arguments<typeof aptOptions>;

/** apt-get with what the options add to every call: no questions, old configuration files stay, wait for another apt. */
export function aptGet(args: AptArguments, checkMode: boolean): string {
  const dpkg = plain(args.dpkg_options)
    .split(',')
    .map((option) => option.trim())
    .filter((option) => option !== '');
  const recommends = args.install_recommends ? 'yes' : 'no';
  const flags = [
    '-y',
    ...dpkg.map((option) => `-o Dpkg::Options::=${quote(`--${option}`)}`),
    `-o DPkg::Lock::Timeout=${args.lock_timeout}`,
    ...(args.install_recommends === undefined ? [] : [`-o APT::Install-Recommends=${recommends}`]),
    ...(args.default_release === undefined ? [] : [`-t ${quote(plain(args.default_release))}`]),
    ...(args.allow_unauthenticated || args.force ? ['--allow-unauthenticated'] : []),
    ...(args.allow_downgrade || args.force ? ['--allow-downgrades'] : []),
    ...(args.allow_change_held_packages || args.force ? ['--allow-change-held-packages'] : []),
    ...(args.only_upgrade ? ['--only-upgrade'] : []),
    ...(args.autoremove ? ['--auto-remove'] : []),
    ...(args.fail_on_autoremove ? ['--no-remove'] : []),
    ...(checkMode ? ['--simulate'] : []),
  ];
  return `apt-get ${flags.join(' ')}`;
}
