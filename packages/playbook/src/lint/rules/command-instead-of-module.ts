import type { Rule } from '../rule.js';

const MODULES: Readonly<Record<string, string>> = {
  'apt-get': 'apt',
  apt: 'apt',
  'apt-key': 'apt_key',
  'add-apt-repository': 'apt_repository',
  chmod: 'file',
  chown: 'file',
  crontab: 'cron',
  curl: 'get_url or uri',
  dpkg: 'apt',
  git: 'git',
  groupadd: 'group',
  hostname: 'hostname',
  hostnamectl: 'hostname',
  iptables: 'iptables',
  ln: 'file',
  mkdir: 'file',
  mount: 'mount',
  sed: 'template, replace or lineinfile',
  service: 'service',
  sysctl: 'sysctl',
  systemctl: 'systemd',
  tar: 'unarchive',
  touch: 'file',
  unzip: 'unarchive',
  useradd: 'user',
  usermod: 'user',
  wget: 'get_url or uri',
};

/** What the module cannot do. */
const NOT_IN_MODULE: Readonly<Record<string, RegExp>> = {
  git: /\s(?:branch|diff|log|ls-files|ls-remote|rev-parse|show|status)\b/,
  systemctl:
    /\s(?:cat|get-default|is-active|is-enabled|is-failed|is-system-running|kill|list-\S+|reset-failed|set-default|set-property|show|status)\b/,
  service: /--status-all|\bstatus\b/,
  dpkg: /(?:^|\s)(?:-s|-l|-L|-S|--print-architecture|--get-selections|--status|--list)\b/,
  'apt-get': /\s(?:-s|--simulate|download|source)\b/,
  mount: /^\s*\S+\s*$/,
  hostname: /^\s*\S+(?:\s+-\w+)?\s*$/,
  iptables: /\s(?:-L|-S|--list|--list-rules)\b/,
};

export const commandInsteadOfModule: Rule = {
  name: 'command-instead-of-module',
  summary: 'A module is used where there is one.',
  task({ command, module, moduleAt }) {
    if (command === undefined || module === 'script') return undefined;
    const program = (/^\s*(\S+)/.exec(command)?.[1] ?? '').replace(/^.*\//, '');
    const better = Object.hasOwn(MODULES, program) ? MODULES[program] : undefined;
    if (better === undefined || NOT_IN_MODULE[program]?.test(command) === true) return undefined;
    return {
      at: moduleAt,
      message: `${program} is run as a command; use the module ${better}, which changes only what is needed`,
    };
  },
};
