import { markUnsafe } from '@tenon/jinja/values';
import { expect, test } from 'vitest';
import { fromJs } from '@tenon/jinja/values';
import type { IptablesArguments } from './iptables-options.js';
import { iptablesOptions } from './iptables-options.js';
import { iptablesRule } from './iptables-rule.js';
import { readArguments } from '../read-arguments.js';

function ruleOf(options: Record<string, unknown>): string {
  const raw = new Map(Object.entries(options).map(([name, value]) => [name, fromJs(value)]));
  const read = readArguments('iptables', iptablesOptions, raw);
  if ('problems' in read) throw new Error(read.problems.join('; '));
  // readArguments has just established this type from the same declaration.
  return iptablesRule(read.args as unknown as IptablesArguments).join(' ');
}

test.each<[Record<string, unknown>, string]>([
  [{ protocol: 'tcp', destination_port: '80', jump: 'ACCEPT' }, '-p tcp -j ACCEPT --destination-port 80'],
  [{ source: '!8.8.8.8', jump: 'DROP' }, '! -s 8.8.8.8 -j DROP'],
  [
    { ctstate: 'ESTABLISHED,RELATED', jump: 'ACCEPT' },
    '-j ACCEPT -m conntrack --ctstate ESTABLISHED,RELATED',
  ],
  [{ match: ['state'], ctstate: ['NEW'] }, '-m state --state NEW'],
  [
    { protocol: 'tcp', destination_ports: ['80', '443'], jump: 'ACCEPT' },
    '-p tcp -j ACCEPT -m multiport --dports 80,443',
  ],
  [{ log_prefix: 'X: ', limit: '2/s' }, '-j LOG --log-prefix X:  -m limit --limit 2/s'],
  [{ protocol: 'tcp', reject_with: 'tcp-reset' }, '-p tcp -j REJECT --reject-with tcp-reset'],
  [{ icmp_type: '8', ip_version: 'ipv6' }, '--icmpv6-type 8'],
  [
    { src_range: '10.0.0.1-10.0.0.5', comment: 'a b' },
    '-m iprange --src-range 10.0.0.1-10.0.0.5 -m comment --comment a b',
  ],
  [{ tcp_flags: { flags: 'ALL', flags_set: ['ACK', 'SYN'] } }, '--tcp-flags ALL ACK,SYN'],
  [{ syn: 'negate', uid_owner: '0' }, '! --syn -m owner --uid-owner 0'],
  [{}, ''],
])('%j is the rule %j', (options, rule) => {
  expect(ruleOf(options)).toBe(rule);
});

test('logging with another jump is refused', () => {
  expect(() => ruleOf({ log_prefix: 'x', jump: 'DROP' })).toThrow('Logging options can only be used');
});

test('tenant data is no option of iptables', () => {
  expect(() => ruleOf({ source: markUnsafe('-F') })).toThrow('refused: tenant data begins source with "-"');
});
