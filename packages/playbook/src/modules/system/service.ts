import { plain } from '@tenon/jinja/text';
import { defineModule } from '../module.js';
import { serviceName, servicePlan, type ServiceWork } from './service-work.js';

const MANAGERS: Partial<Record<string, ServiceWork['manager']>> = {
  systemd: 'systemd',
  sysvinit: 'init',
  service: 'init',
};

export const service = defineModule({
  name: 'service',
  summary: 'Starts, stops and enables services: with systemd when it runs, else with init scripts.',
  checkMode: 'supported',
  options: {
    name: { type: 'str', required: true, help: 'The service.' },
    state: {
      type: 'str',
      choices: ['reloaded', 'restarted', 'started', 'stopped'],
      help: 'What it should do; restarted and reloaded always do it.',
    },
    enabled: { type: 'bool', help: 'Whether it starts at boot.' },
    pattern: {
      type: 'str',
      help: 'Part of a command line that shows that it runs, for init scripts without status.',
    },
    sleep: { type: 'int', help: 'In seconds, between stop and start of a restart.' },
    arguments: { type: 'str', aliases: ['args'], help: 'More words for the init script.' },
    runlevel: { type: 'str', default: 'default', help: 'Without effect.' },
    use: {
      type: 'str',
      default: 'auto',
      help: 'systemd, or sysvinit for init scripts; auto is systemd when it runs.',
    },
  },
  rules: { requiredOneOf: [['state', 'enabled']] },
  examples: `
- service:
    name: apache2
    state: started
    enabled: yes
`,
  returns: {
    name: 'The service.',
    state: 'started or stopped.',
    enabled: 'Whether it starts at boot.',
    status: "systemd's properties of the unit, as they were before.",
  },
  run(args, { checkMode }) {
    const work: ServiceWork = {
      name: serviceName(args.name),
      state: args.state === undefined ? undefined : plain(args.state),
      enabled: args.enabled,
      checkMode,
      manager: MANAGERS[plain(args.use)] ?? 'auto',
      pattern: args.pattern === undefined ? '' : plain(args.pattern),
      sleepSeconds: args.sleep,
      words: args.arguments === undefined ? [] : plain(args.arguments).split(/\s+/).filter(Boolean),
    };
    return servicePlan(work);
  },
});
