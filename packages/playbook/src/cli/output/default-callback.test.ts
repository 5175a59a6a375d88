import { expect, test } from 'vitest';
import type { RunEvent } from '../../events.js';
import { stdoutCallback } from './callbacks.js';
import { openTerminal } from './terminal.js';
import { openWarnings } from './warnings.js';

const STATS = { ok: 3, changed: 1, unreachable: 0, failed: 1, skipped: 0, rescued: 0, ignored: 0 };

interface Options {
  readonly callback?: string;
  readonly verbosity?: number;
  readonly colour?: boolean;
  readonly displaySkippedHosts?: boolean;
}

/** What a callback prints for events. */
function show(events: readonly Omit<RunEvent, 'at'>[], options: Options = {}) {
  const { callback = 'default', colour = false, ...rest } = options;
  const printed = { out: '', error: '' };
  const terminal = openTerminal({
    write: (text) => (printed.out += text),
    writeError: (text) => (printed.error += text),
    colour,
  });
  const output = stdoutCallback(callback, {
    terminal,
    warnings: openWarnings(terminal, { deprecations: true }),
    ...{ verbosity: 0, displaySkippedHosts: true, displayOkHosts: true, displayFailedStderr: false },
    ...{ checkModeMarkers: false, checkMode: false, resultFormat: 'json' },
    ...rest,
  });
  for (const event of events) output?.onEvent({ at: 0, ...event });
  return { printed, end: () => output?.onEnd({ stats: { web1: STATS } }) };
}

const result = (event: Partial<RunEvent>): Omit<RunEvent, 'at'> => ({
  ...{ kind: 'result', host: 'web1', task: 'run', module: 'command', status: 'ok' },
  ...event,
});

test('banners are filled with stars to 80 characters and have an empty line before them', () => {
  const { printed } = show([
    { kind: 'play', play: 'all of it' },
    { kind: 'task', task: 'run' },
    { kind: 'handler', task: 'web : restart' },
  ]);

  expect(printed.out).toBe(
    `\nPLAY [all of it] ${'*'.repeat(63)}\n\nTASK [run] ${'*'.repeat(69)}\n\nRUNNING HANDLER [web : restart] ${'*'.repeat(48)}\n`,
  );
});

test('a name that is too long keeps three stars', () => {
  expect(show([{ kind: 'task', task: 'x'.repeat(90) }]).printed.out).toMatch(/\] \*{3}\n$/);
});

test('hosts that do not wait for each other get a banner with every change of the task', () => {
  const [one, two] = ['one', 'two'].map((name) => ({ task: name, path: `site.yml:${name}` }));
  const { printed } = show([
    { kind: 'play', play: 'free', strategy: 'free' },
    { kind: 'task', ...one },
    { kind: 'task', ...one },
    result({ ...one }),
    { kind: 'handler', ...two },
    result({ ...two }),
    result({ ...one, host: 'web2' }),
    result({ ...one, host: 'web3' }),
  ]);

  expect(printed.out.replaceAll(/ \*+/g, '')).toBe(
    '\nPLAY [free]\n\nTASK [one]\nok: [web1]\n\nRUNNING HANDLER [two]\nok: [web1]\n\nTASK [one]\nok: [web2]\nok: [web3]\n',
  );
});

test('a play without hosts is skipped', () => {
  const { printed } = show([
    { kind: 'play', play: 'none' },
    { kind: 'warning', play: 'none', message: 'no host of the inventory matches this play' },
  ]);

  expect(printed.out).toMatch(/\nskipping: no hosts matched\n$/);
});

test('a result is one line: its word, its host, its item', () => {
  const { printed } = show([
    result({}),
    result({ status: 'changed', delegatedTo: 'db1' }),
    result({ status: 'changed', item: "{'x': 1}" }),
    result({ status: 'skipped', item: 'a' }),
    result({ status: 'skipped' }),
  ]);

  expect(printed.out).toBe(
    "ok: [web1]\nchanged: [web1 -> db1]\nchanged: [web1] => (item={'x': 1})\nskipping: [web1] => (item=a) \nskipping: [web1]\n",
  );
});

test('a failure shows its result as JSON with sorted keys, and says when it is ignored', () => {
  const detail = { rc: 1, changed: true, stdout: '', cmd: ['false'], failed: true };
  const { printed } = show([
    result({ status: 'ignored', message: 'non-zero return code', detail }),
    result({ status: 'failed', item: '2', message: 'no', detail: { item: 2, failed: true } }),
    result({ status: 'unreachable', message: 'gone', detail: { unreachable: true } }),
  ]);

  expect(printed.out.split('\n')).toEqual([
    'fatal: [web1]: FAILED! => {"changed": true, "cmd": ["false"], "msg": "non-zero return code", "rc": 1, "stdout": ""}',
    '...ignoring',
    'failed: [web1] (item=2) => {"changed": false, "item": 2, "msg": "no"}',
    'fatal: [web1]: UNREACHABLE! => {"changed": false, "msg": "gone", "unreachable": true}',
    '',
  ]);
});

test('debug shows its message alone, on lines of its own', () => {
  const { printed } = show([
    result({ module: 'debug', detail: { changed: false, msg: [1, 'é', { a: null }] } }),
    result({ module: 'debug', detail: { changed: false, 'x.y': {} } }),
  ]);

  expect(printed.out).toBe(
    'ok: [web1] => {\n    "msg": [\n        1,\n        "é",\n        {\n            "a": null\n        }\n    ]\n}\n' +
      'ok: [web1] => {\n    "x.y": {}\n}\n',
  );
});

test('-v shows results, but not the facts', () => {
  const events = [
    result({ detail: { rc: 0 } }),
    result({ module: 'setup', detail: { ansible_facts: { a: 1 } } }),
  ];

  expect(show(events, { verbosity: 1 }).printed.out).toBe(
    'ok: [web1] => {"changed": false, "rc": 0}\nok: [web1]\n',
  );
});

test('a loop is told by its items; when all were skipped it is told itself', () => {
  const { printed } = show([
    result({ item: '1' }),
    result({ kind: 'loop', detail: { results: [] } }),
    result({ kind: 'loop', status: 'skipped', detail: { results: [] } }),
    result({ kind: 'loop', status: 'ignored', detail: { results: [] } }),
  ]);

  expect(printed.out).toBe('ok: [web1] => (item=1)\nskipping: [web1]\n...ignoring\n');
});

test('retries, includes and their files', () => {
  const { printed } = show([
    { kind: 'retry', host: 'web1', task: 'wait', triesLeft: 2 },
    { kind: 'included', path: '/x/tasks.yml', hosts: ['web1', 'web2'] },
    { kind: 'included', path: '/x/tasks.yml', hosts: ['web1'], item: '1' },
  ]);

  expect(printed.out).toBe(
    'FAILED - RETRYING: [web1]: wait (2 retries left).\nincluded: /x/tasks.yml for web1, web2\nincluded: /x/tasks.yml for web1 => (item=1)\n',
  );
});

test('what a hidden task did is not shown', () => {
  const detail = { censored: 'the output has been hidden' };
  const { printed } = show([result({ status: 'failed', detail })], { verbosity: 3 });

  expect(printed.out).toContain('"censored": "the output has been hidden"');
  expect(JSON.parse(printed.out.replace(/^.*?=> /, ''))).toEqual({ changed: false, ...detail });
});

test('a diff stands before its line', () => {
  const diff = [{ before: '', after: 'a\nb\n', afterHeader: '/etc/x' }];
  const { printed } = show([result({ status: 'changed', diff })]);

  expect(printed.out).toBe('--- before\n+++ after: /etc/x\n@@ -0,0 +1,2 @@\n+a\n+b\n\nchanged: [web1]\n');
});

test('warnings go to stderr, wrapped, each once', () => {
  const { printed } = show([
    { kind: 'warning', message: 'a '.repeat(60).trim() },
    { kind: 'warning', message: 'a '.repeat(60).trim() },
    { kind: 'deprecation', message: 'sudo is old' },
  ]);

  expect(printed.out).toBe('');
  expect(printed.error.match(/WARNING\]: a/g)).toHaveLength(1);
  expect(printed.error).toContain('[DEPRECATION WARNING]: sudo is old.');
  expect(printed.error.split('\n').every((line) => line.length <= 79)).toBe(true);
});

test('the recap aligns hosts and counters', () => {
  const { printed, end } = show([]);

  end();

  expect(printed.out).toBe(
    `\nPLAY RECAP ${'*'.repeat(69)}\nweb1                       : ok=3    changed=1    unreachable=0    failed=1    skipped=0    rescued=0    ignored=0   \n\n`,
  );
});

test('colours are codes around each line, zeros have none', () => {
  const { printed, end } = show([result({})], { colour: true });

  end();

  expect(printed.out).toContain('\u001b[0;32mok: [web1]\u001b[0m\n');
  expect(printed.out).toContain(
    '\u001b[0;31mweb1\u001b[0m                       : \u001b[0;32mok=3   \u001b[0m',
  );
  expect(printed.out).toContain(' unreachable=0    ');
});

test('a task that nobody is to see has no banner', () => {
  const { printed } = show([{ kind: 'task', task: 'run' }, result({ status: 'skipped' })], {
    displaySkippedHosts: false,
  });

  expect(printed.out).toBe('');
});

test('the yaml callback writes results as YAML below the line', () => {
  const { printed } = show(
    [
      result({ module: 'debug', detail: { msg: { a: 'x \ny\tz\n', b: [], c: ['- d'] } } }),
      result({ status: 'failed', message: "why: 'x'", detail: { stdout: 'a', stdout_lines: ['a'] } }),
    ],
    { callback: 'community.general.yaml' },
  );

  expect(printed.out).toBe(
    "ok: [web1] => \n  msg:\n    a: |-\n      x\n      y       z\n    b: []\n    c:\n    - '- d'\n" +
      "fatal: [web1]: FAILED! => changed=false \n  msg: 'why: ''x'''\n  stdout: a\n  stdout_lines: <omitted>\n",
  );
});

test('the minimal and oneline callbacks print a paragraph and a line a host', () => {
  const events = [
    result({ status: 'changed', detail: { rc: 0, stdout: 'a\nb' } }),
    result({ module: 'ping', detail: { ping: 'pong' } }),
    result({ status: 'failed', module: 'fail', message: 'no' }),
  ];

  expect(show(events, { callback: 'minimal' }).printed.out).toBe(
    'web1 | CHANGED | rc=0 >>\na\nb\nweb1 | SUCCESS => {\n    "changed": false,\n    "ping": "pong"\n}\n' +
      'web1 | FAILED! => {\n    "changed": false,\n    "msg": "no"\n}\n',
  );
  expect(show(events, { callback: 'oneline' }).printed.out).toBe(
    'web1 | CHANGED | rc=0 | (stdout) a\\nb\nweb1 | SUCCESS => {"changed": false,"ping": "pong"}\n' +
      'web1 | FAILED! => {"changed": false,"msg": "no"}\n',
  );
});

test('the json callback prints one document with the results by host', () => {
  const { printed, end } = show(
    [
      { kind: 'play', play: 'all', path: '/x.yml:1' },
      { kind: 'task', task: 'run', path: '/x.yml:3' },
      result({ status: 'ignored', detail: { rc: 1, changed: true } }),
      { kind: 'task', task: 'loop' },
      result({ item: 'a', detail: { item: 'a' } }),
      result({ kind: 'loop', message: 'All items completed' }),
    ],
    { callback: 'json' },
  );

  end();

  const document = JSON.parse(printed.out) as {
    plays: { tasks: { task: { name: string; path?: string }; hosts: Record<string, unknown> }[] }[];
    stats: unknown;
  };
  const { failed, ...counts } = STATS;
  expect(document.stats).toEqual({ web1: { ...counts, failures: failed } });
  expect(document.plays[0]?.tasks.map(({ hosts }) => hosts)).toEqual([
    { web1: { action: 'command', changed: true, failed: true, rc: 1 } },
    {
      web1: {
        ...{ action: 'command', changed: false, msg: 'All items completed' },
        results: [{ item: 'a', changed: false, failed: false, _ansible_item_label: 'a' }],
      },
    },
  ]);
});
