import { PyFloat } from '@tenon/jinja/values';
import type { Subset } from './subset.js';

type Word = string | boolean;

type CommandLine = Record<string, Word | Word[]>;

/** The kernel's command line; of a word that comes twice the last value, or with `all` each. */
function readCommandLine(text: string, { all }: { all: boolean }): CommandLine {
  const words: CommandLine = {};
  for (const word of text.match(/(?:"[^"]*"|[^\s"])+/g) ?? []) {
    const at = word.indexOf('=');
    const name = at < 0 ? word : word.slice(0, at);
    const value = at < 0 ? true : word.slice(at + 1);
    const before = words[name];
    words[name] = all && before !== undefined && at >= 0 ? [before, value].flat() : value;
  }
  return words;
}

export const commandLine: Subset = {
  name: 'cmdline',
  minimal: true,
  files: ['/proc/cmdline'],
  read(printed) {
    const text = printed.file('/proc/cmdline');
    if (text === undefined) return {};
    return {
      cmdline: readCommandLine(text, { all: false }),
      proc_cmdline: readCommandLine(text, { all: true }),
    };
  },
};

export const load: Subset = {
  name: 'loadavg',
  files: ['/proc/loadavg'],
  read(printed) {
    const [one, five, fifteen] = (printed.file('/proc/loadavg') ?? '')
      .split(' ')
      .map((each) => new PyFloat(Number(each)));
    return { loadavg: { '1m': one, '5m': five, '15m': fifteen } };
  },
};
