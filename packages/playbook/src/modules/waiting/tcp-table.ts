import { isIP } from 'node:net';
import { ModuleError } from '../module.js';

/** The kernel's numbers of the states of a connection (include/net/tcp_states.h). */
const STATES: Readonly<Record<string, string>> = {
  ESTABLISHED: '01',
  SYN_SENT: '02',
  SYN_RECV: '03',
  FIN_WAIT1: '04',
  FIN_WAIT2: '05',
  TIME_WAIT: '06',
};

const hexByte = (value: number) => value.toString(16).padStart(2, '0').toUpperCase();

/** An IPv4 address as the kernel prints it on a machine whose words begin with their low byte. */
const hexOfIpv4 = (address: string) => address.split('.').map(Number).reverse().map(hexByte).join('');

/** The 16 bytes of an IPv6 address; the kernel prints them as four words, each from its low byte. */
function hexOfIpv6(address: string): string {
  const [head = '', tail] = address.split('::');
  const groups = (text = '') => (text === '' ? [] : text.split(':'));
  const [first, last] = [groups(head), groups(tail)];
  const zeros = Array.from({ length: tail === undefined ? 0 : 8 - first.length - last.length }, () => '0');
  const bytes = [...first, ...zeros, ...last].flatMap((group) => {
    const value = Number.parseInt(group, 16);
    return [value >> 8, value & 255];
  });
  return [0, 4, 8, 12]
    .flatMap((at) =>
      bytes
        .slice(at, at + 4)
        .reverse()
        .map(hexByte),
    )
    .join('');
}

/** Every spelling of an address in /proc/net/tcp and tcp6. Throws ModuleError for a name. */
function spellings(host: string): string[] {
  if (host === 'localhost') return [...spellings('127.0.0.1'), ...spellings('::1')];
  const kind = isIP(host);
  if (kind === 4) return [hexOfIpv4(host), `0000000000000000FFFF0000${hexOfIpv4(host)}`];
  if (kind === 6) return [hexOfIpv6(host)];
  throw new ModuleError(
    `cannot count the connections of ${JSON.stringify(host)}: only addresses can be compared; write its address`,
  );
}

const EVERY_ADDRESS = new Set(['0.0.0.0', '::']);

/** What has to be drained. */
export interface Drain {
  readonly host: string;
  readonly port: number;
  readonly states: readonly string[];
  readonly excluded: readonly string[];
}

/**
 * Extended regular expressions: a line of /proc/net/tcp that fits the first and not the second is a connection that counts. Throws
 * ModuleError for an unknown state, and for a name where an address is needed.
 */
export function drainPatterns({ host, port, states, excluded }: Drain): { active: string; ignored: string } {
  const numbers = states.map((state) => {
    const number = STATES[state];
    if (number === undefined) throw new ModuleError(`unknown active_connection_state (${state}) defined`);
    return number;
  });
  const address = EVERY_ADDRESS.has(host) ? '[0-9A-F]+' : `(${spellings(host).join('|')}|0+)`;
  const portHex = hexByte(port >> 8) + hexByte(port & 255);
  const others = excluded.flatMap(spellings);
  return {
    active: `^ *[0-9]+: ${address}:${portHex} [0-9A-F]+:[0-9A-F]{4} (${numbers.join('|')}) `,
    ignored: others.length === 0 ? '^$' : `^ *[0-9]+: [^ ]+ (${others.join('|')}):`,
  };
}
