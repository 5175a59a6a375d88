import { hasTaint, plain } from '@tenon/jinja/text';
import { pythonRegex } from '@tenon/jinja/python/regex';
import { pathWord } from '../../shell/path-word.js';
import { quote } from '../../shell/quote.js';
import type { RemoteOutput } from '../../transport/transport.js';
import { defineModule, done, failure, ModuleError, type Step } from '../module.js';
import type { Arguments } from '../options.js';
import { END, FIELDS, readFields } from '../script-fields.js';
import { drainPatterns } from './tcp-table.js';
import { waitForOptions } from './wait-for-options.js';

type WaitArguments = Arguments<typeof waitForOptions>;

/** What to look at, as text that succeeds when it is so, and the sentence for when it never was. */
interface Condition {
  readonly test: string;
  readonly sentence: string;
}

/** Names and addresses only: bash would open a file for anything with a slash. */
function hostOf(args: WaitArguments): string {
  const host = plain(args.host);
  if (/^[\w.:%-]+$/.test(host) && !host.startsWith('-')) return host;
  throw new ModuleError(`${JSON.stringify(host)} is no name or address of a host`);
}

function regexOf({ search_regex: regex }: WaitArguments): string | undefined {
  if (regex === undefined) return undefined;
  if (hasTaint(regex)) throw new ModuleError('refused: tenant data would be a regular expression');
  return plain(regex);
}

/** Keeps in `$match` what fits: the whole input is one record, and ^ and $ are those of its lines. */
const matching = (regex: string) =>
  `match=$(grep -aPzo -m1 -e ${quote(`(?m)${regex}`)} | tr -d '\\0'; printf .); [ "$match" != . ]`;

function pathCondition(args: WaitArguments, path: NonNullable<WaitArguments['path']>): Condition {
  const [word, shown, regex] = [pathWord(path, 'path'), plain(path), regexOf(args)];
  const state = plain(args.state);
  if (state === 'absent')
    return { test: `[ ! -e "$path" ]`, sentence: `Timeout when waiting for ${shown} to be absent.` };
  const prepared = (test: string, what: string) => ({
    test,
    sentence: `Timeout when waiting for ${what}${shown}`,
  });
  const condition =
    regex === undefined
      ? prepared(`[ -e "$path" ]`, 'file ')
      : prepared(`[ -f "$path" ] && { ${matching(regex)}; } <"$path"`, `search string ${regex} in `);
  return { ...condition, test: condition.test.replaceAll('"$path"', () => word) };
}

/** bash knows how to open a connection; it is essential on Debian. */
function portCondition(args: WaitArguments, port: number): Condition {
  const host = hostOf(args);
  const place = `${host}:${port}`;
  const bash = (text: string, more = '') =>
    `timeout ${args.connect_timeout} bash -c '${text}' ${quote(host)} ${port} ${more === '' ? '' : quote(more)} 2>/dev/null`;
  const connect = bash(': </dev/tcp/$0/$1');
  const state = plain(args.state);
  const regex = regexOf(args);
  if (state === 'drained') {
    const states = args.active_connection_states.map(plain);
    const excluded = (args.exclude_hosts ?? []).map(plain);
    const { active, ignored } = drainPatterns({ host, port, states, excluded });
    const test = `! cat /proc/net/tcp /proc/net/tcp6 2>/dev/null | grep -E ${quote(active)} | grep -qvE ${quote(ignored)}`;
    return { test, sentence: `Timeout when waiting for ${place} to drain` };
  }
  if (state === 'stopped' || state === 'absent')
    return { test: `! ${connect}`, sentence: `Timeout when waiting for ${place} to stop.` };
  if (regex === undefined) return { test: connect, sentence: `Timeout when waiting for ${place}` };
  // A server may keep the connection open: the first line that fits is enough.
  const ask = bash('exec 3<>/dev/tcp/$0/$1 && exec grep -aPo -m1 -e "$2" <&3', regex);
  return {
    test: `{ match=$(${ask}; printf .); [ "$match" != . ]; }`,
    sentence: `Timeout when waiting for search string ${regex} in ${place}`,
  };
}

/** What cannot be meant; the sentences are Ansible's. */
function checkMeaning(args: WaitArguments): void {
  const state = plain(args.state);
  if (args.port !== undefined && args.path !== undefined)
    throw new ModuleError('port and path parameter can not both be passed to wait_for');
  if (args.path !== undefined && (state === 'stopped' || state === 'drained'))
    throw new ModuleError(`state=${state} should only be used for checking a port in the wait_for module`);
  if (args.exclude_hosts !== undefined && state !== 'drained')
    throw new ModuleError('exclude_hosts should only be with state=drained');
  if (args.port === undefined && state === 'drained')
    throw new ModuleError('state=drained should only be used for checking a port in the wait_for module');
}

/** Without a port and a path it only waits. */
function conditionOf(args: WaitArguments): Condition | undefined {
  checkMeaning(args);
  if (args.path !== undefined) return pathCondition(args, args.path);
  return args.port === undefined ? undefined : portCondition(args, args.port);
}

/** The machine looks by itself, so that one trip is enough; the time comes from the kernel, without a process. */
function script(args: WaitArguments, condition: Condition | undefined): string {
  const look =
    condition === undefined
      ? `sleep ${args.timeout}; `
      : `until ${condition.test}; do now; [ $((t - start)) -lt ${args.timeout} ] || { late=1; break; }; sleep ${args.sleep}; done; `;
  return (
    `${FIELDS}now() { read -r t _ </proc/uptime; t=\${t%.*}; }; late=; match=; now; begun=$t; ` +
    (args.delay > 0 ? `sleep ${args.delay}; ` : '') +
    `now; start=$t; ${look}now; say elapsed $((t - begun)); say late "$late"; say match "\${match%.}"; ${END}`
  );
}

function matchReturns(args: WaitArguments, text: string): Record<string, unknown> {
  const regex = regexOf(args);
  const found =
    regex === undefined || text === '' ? null : pythonRegex(regex, { multiline: true }).exec(text);
  return {
    match_groups: found === null ? [] : found.slice(1).map((group: string | undefined) => group ?? null),
    match_groupdict: found?.groups === undefined ? {} : { ...found.groups },
  };
}

function result(output: RemoteOutput, args: WaitArguments, condition: Condition | undefined): Step {
  const fields = readFields(output, 'wait');
  const elapsed = Number(fields.get('elapsed'));
  if (fields.get('late') === '1') return failure(args.msg ?? condition?.sentence ?? '', { elapsed });
  const { state, port, search_regex: regex = null, path = null } = args;
  return done({
    changed: false,
    returns: {
      ...{ state, port: port ?? null, search_regex: regex, path, elapsed },
      ...matchReturns(args, fields.get('match') ?? ''),
    },
  });
}

export const waitFor = defineModule({
  name: 'wait_for',
  summary: 'Waits for a port, a file or a text, as the machine sees it.',
  checkMode: 'supported',
  options: waitForOptions,
  examples: `
- wait_for:
    port: 8080
    delay: 2
`,
  returns: {
    elapsed: 'How long it took, in seconds.',
    match_groups: 'The groups of the search_regex.',
    match_groupdict: 'Its named groups.',
  },
  run(args) {
    const condition = conditionOf(args);
    return {
      plan: {
        script: script(args, condition),
        // So that it can be ended while it waits.
        isolated: true,
        interpret: (output) => result(output, args, condition),
      },
    };
  },
});
