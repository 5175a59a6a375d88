import { plain } from '@tenon/jinja/text';
import { runApt } from './apt.js';
import { aptOptions } from './apt-options.js';
import { defineModule, ModuleError } from '../module.js';

/** Managers that are apt, by their names in `use`. */
const KNOWN = new Set(['auto', 'apt', 'apt-get']);

export const packageModule = defineModule({
  name: 'package',
  summary: 'Installs and removes packages with the manager of the machine, which is apt.',
  checkMode: 'supported',
  options: {
    ...aptOptions,
    use: { type: 'str', default: 'auto', help: 'The package manager; apt is the one that is known.' },
  },
  examples: `
- package:
    name: ntp
    state: present
`,
  returns: { stdout: 'What the package manager printed, when it was run.', stderr: 'Its errors.' },
  run(args, context) {
    const manager = plain(args.use);
    if (KNOWN.has(manager))
      return runApt(
        args,
        context,
        'this machine has no package manager that is known here: apt-get is missing',
      );
    throw new ModuleError(
      `cannot use the package manager ${JSON.stringify(manager)}: only apt is known here; leave "use" out`,
    );
  },
});
