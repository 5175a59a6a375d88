import { plain } from '@tenon/jinja/text';
import type { RemoteOutput } from '../../transport/transport.js';
import type { AptArguments } from './apt-command.js';
import { alwaysRunsApt, aptLook } from './apt-look.js';
import { aptOptions } from './apt-options.js';
import { readPackages, type WantedPackage } from './apt-packages.js';
import { aptResult } from './apt-result.js';
import { aptScript, type AptWork } from './apt-script.js';
import { defineModule, lookFirst, ModuleError, type ModuleContext, type Step } from '../module.js';

/** What cannot be asked for together; the sentences are Ansible's. */
function checkTogether(args: AptArguments, packages: readonly WantedPackage[], all: boolean): void {
  const given = [args.deb !== undefined, packages.length > 0 || all, plain(args.upgrade) !== 'no'];
  if (given.filter(Boolean).length > 1)
    throw new ModuleError('apt: parameters are mutually exclusive: deb|package|upgrade');
  if (args.deb !== undefined && plain(args.state) !== 'present')
    throw new ModuleError('deb only supports state=present');
  if (all && packages.length > 0 && plain(args.state) === 'latest')
    throw new ModuleError('unable to install additional packages when upgrading all installed packages');
}

/**
 * Looks first, in a plain script that can travel with those of other tasks; nothing is run but dpkg-query when all is in order.
 * Throws ModuleError for what cannot be meant.
 */
export function runApt(
  args: AptArguments,
  { checkMode, diffMode }: ModuleContext,
  withoutApt = 'this machine has no apt-get',
): Step {
  const { packages, all } = readPackages(args.name);
  checkTogether(args, packages, all);
  const work: AptWork = { args, packages, all, checkMode, withoutApt };
  const interpret = (output: RemoteOutput) => aptResult(output, work, diffMode);
  const act = { script: aptScript(work), isolated: true, interpret };
  return alwaysRunsApt(work) ? { plan: act } : lookFirst(aptLook(work), act);
}

export const apt = defineModule({
  name: 'apt',
  summary: 'Installs and removes Debian packages.',
  checkMode: 'supported',
  options: aptOptions,
  examples: `
- name: install apache
  apt:
    name: apache2
    update_cache: yes
    cache_valid_time: 3600
`,
  returns: {
    cache_updated: 'Whether the package lists were read anew.',
    cache_update_time: 'When they were, in seconds since 1970.',
    stdout: 'What apt-get printed, when it was run.',
    stderr: 'Its errors.',
  },
  run: (args, context) => runApt(args, context),
});
