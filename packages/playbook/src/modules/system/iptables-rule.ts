import { hasTaint, plain, type Str } from '@tenon/jinja/text';
import { toJs } from '@tenon/jinja/values';
import type { IptablesArguments } from './iptables-options.js';
import { ModuleError } from '../module.js';

/** One value; tenant data must not be an option or turn a rule round. Throws ModuleError. */
function value(text: Str, option: string): string {
  const shown = plain(text);
  if (hasTaint(text) && /^[-!]/.test(shown))
    throw new ModuleError(`refused: tenant data begins ${option} with "${shown.charAt(0)}"`);
  return shown;
}

type TextName = {
  [Name in keyof IptablesArguments]: IptablesArguments[Name] extends Str | undefined ? Name : never;
}[keyof IptablesArguments];

/** Collects the words of a rule in the order that iptables needs them: a match before its options. */
class Rule {
  readonly words: string[] = [];

  constructor(private readonly args: IptablesArguments) {}

  /** `flag value`; a value with "!" in front turns the flag round. */
  add(flag: string, name: TextName): this {
    const given = this.args[name];
    if (given === undefined) return this;
    const text = value(given, name);
    this.words.push(...(text.startsWith('!') ? ['!', flag, text.slice(1)] : [flag, text]));
    return this;
  }

  match(name: string, needed: boolean): this {
    if (needed) this.words.push('-m', name);
    return this;
  }

  list(flag: string, name: 'destination_ports' | 'ctstate'): this {
    const items = this.args[name];
    if (items.length > 0) this.words.push(flag, items.map((item) => value(item, name)).join(','));
    return this;
  }

  push(...words: string[]): this {
    this.words.push(...words);
    return this;
  }
}

function tcpFlags({ tcp_flags: flags }: IptablesArguments): string[] {
  if (flags === undefined) return [];
  const lists = toJs(new Map(flags)) as { flags?: unknown; flags_set?: unknown };
  const joined = (list: unknown) =>
    (Array.isArray(list) ? list : plain(String(list)).split(',')).map(String).join(',');
  if (lists.flags === undefined || lists.flags_set === undefined) return [];
  return ['--tcp-flags', joined(lists.flags), joined(lists.flags_set)];
}

/** Where packets come from and go to, and what happens to them. */
function basics(rule: Rule, args: IptablesArguments, jump: string | undefined): void {
  rule.add('-p', 'protocol').add('-s', 'source').add('-d', 'destination');
  for (const match of args.match) rule.push('-m', value(match, 'match'));
  rule.push(...tcpFlags(args));
  if (jump !== undefined) rule.push(...(jump.startsWith('!') ? ['!', '-j', jump.slice(1)] : ['-j', jump]));
  if (jump?.toLowerCase() === 'tee') rule.add('--gateway', 'gateway');
  rule
    .add('--log-prefix', 'log_prefix')
    .add('--log-level', 'log_level')
    .add('--to-destination', 'to_destination')
    .match('multiport', args.destination_ports.length > 0)
    .list('--dports', 'destination_ports')
    .add('--to-source', 'to_source')
    .add('-g', 'goto')
    .add('-i', 'in_interface')
    .add('-o', 'out_interface')
    .add('-f', 'fragment')
    .add('-c', 'set_counters')
    .add('--source-port', 'source_port')
    .add('--destination-port', 'destination_port')
    .add('--to-ports', 'to_ports')
    .add('--set-dscp', 'set_dscp_mark')
    .add('--set-dscp-class', 'set_dscp_mark_class');
}

function states(rule: Rule, args: IptablesArguments): void {
  const matches = args.match.map(plain);
  const syn = plain(args.syn);
  if (syn !== 'ignore') rule.push(...(syn === 'negate' ? ['!', '--syn'] : ['--syn']));
  const old = matches.includes('state') && !matches.includes('conntrack');
  rule
    .match('conntrack', args.ctstate.length > 0 && !old && !matches.includes('conntrack'))
    .list(old ? '--state' : '--ctstate', 'ctstate');
  rule
    .match('iprange', (args.src_range ?? args.dst_range) !== undefined && !matches.includes('iprange'))
    .add('--src-range', 'src_range')
    .add('--dst-range', 'dst_range');
  if (args.match_set !== undefined) {
    rule.match('set', !matches.includes('set')).add('--match-set', 'match_set');
    if (args.match_set_flags !== undefined) rule.push(plain(args.match_set_flags));
  }
}

/** The words of a rule; empty when no option asks for one. Throws ModuleError for tenant data that would be an option. */
export function iptablesRule(args: IptablesArguments): readonly string[] {
  const rule = new Rule(args);
  const logs = args.log_prefix !== undefined || args.log_level !== undefined;
  const jump = args.jump === undefined ? (logs ? 'LOG' : undefined) : value(args.jump, 'jump');
  if (logs && jump !== 'LOG')
    throw new ModuleError('Logging options can only be used with the LOG jump target.');
  basics(rule, args, jump);
  states(rule, args);
  rule
    .match('limit', (args.limit ?? args.limit_burst) !== undefined)
    .add('--limit', 'limit')
    .add('--limit-burst', 'limit_burst')
    .match('owner', args.uid_owner !== undefined)
    .add('--uid-owner', 'uid_owner')
    .match('owner', args.gid_owner !== undefined)
    .add('--gid-owner', 'gid_owner');
  if (jump === undefined && args.reject_with !== undefined) rule.push('-j', 'REJECT');
  rule
    .add('--reject-with', 'reject_with')
    .add(plain(args.ip_version) === 'ipv6' ? '--icmpv6-type' : '--icmp-type', 'icmp_type')
    .match('comment', args.comment !== undefined)
    .add('--comment', 'comment');
  return rule.words;
}
