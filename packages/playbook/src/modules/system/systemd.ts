import { plain } from '@tenon/jinja/text';
import type { Arguments } from '../options.js';
import { defineModule, failure, type Module, type ModuleContext, type Step } from '../module.js';
import { serviceName, servicePlan, type ServiceWork } from './service-work.js';

const options = {
  name: { type: 'str', aliases: ['service', 'unit'], help: 'The unit; .service may be left out.' },
  state: {
    type: 'str',
    choices: ['reloaded', 'restarted', 'started', 'stopped'],
    help: 'What it should do; restarted and reloaded always do it.',
  },
  enabled: { type: 'bool', help: 'Whether it starts at boot.' },
  masked: { type: 'bool', help: 'Whether it cannot be started at all.' },
  force: { type: 'bool', help: 'Overwrite links that are in the way.' },
  daemon_reload: {
    type: 'bool',
    default: false,
    aliases: ['daemon-reload'],
    help: 'Have systemd read its unit files again, before anything else.',
  },
  daemon_reexec: {
    type: 'bool',
    default: false,
    aliases: ['daemon-reexec'],
    help: 'Have systemd start itself again, before anything else.',
  },
  scope: {
    type: 'str',
    default: 'system',
    choices: ['system', 'user', 'global'],
    help: "The machine's systemd, that of the user, or what is enabled for every user.",
  },
  no_block: { type: 'bool', default: false, help: 'Do not wait until it has happened.' },
} as const;

/** A user's systemd is found by this variable, which sudo takes away. */
const RUNTIME_FOLDER = `[ -n "\${XDG_RUNTIME_DIR-}" ] || export XDG_RUNTIME_DIR="/run/user/$(id -u)"; `;

function run(args: Arguments<typeof options>, { checkMode }: ModuleContext): Step {
  const wish = (['state', 'enabled', 'masked'] as const).find((option) => args[option] !== undefined);
  const isForManager = args.daemon_reload || args.daemon_reexec;
  if (wish === undefined && !isForManager)
    return failure('one of the following is required: state, enabled, masked, daemon_reload, daemon_reexec');
  if (wish !== undefined && args.name === undefined)
    return failure(`missing parameter(s) required by '${wish}': name`);
  const scope = plain(args.scope);
  const flags = [
    ...(scope === 'system' ? [] : [`--${scope}`]),
    ...(args.no_block ? ['--no-block'] : []),
    ...(args.force === true ? ['--force'] : []),
  ];
  const work: ServiceWork = {
    name: args.name === undefined ? undefined : serviceName(args.name),
    state: args.state === undefined ? undefined : plain(args.state),
    enabled: args.enabled,
    masked: args.masked,
    checkMode,
    manager: 'systemd',
    systemctl: ['systemctl', ...flags].join(' '),
    first: [
      ...(args.daemon_reload ? ['daemon-reload'] : []),
      ...(args.daemon_reexec ? ['daemon-reexec'] : []),
    ],
  };
  return servicePlan(work, scope === 'user' ? RUNTIME_FOLDER : '');
}

const declared = (name: string): Module =>
  defineModule({
    name,
    summary: 'Starts, stops, enables and masks units of systemd.',
    checkMode: 'supported',
    options,
    examples: `
- ${name}:
    name: apache2
    state: restarted
    daemon_reload: yes
`,
    returns: {
      name: 'The unit.',
      state: 'started or stopped.',
      enabled: 'Whether it starts at boot.',
      status: "systemd's properties of the unit, as they were before.",
    },
    run,
  });

export const systemd = declared('systemd');
export const systemdService = declared('systemd_service');
