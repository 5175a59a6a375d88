import { hasTaint, plain } from '@tenon/jinja/text';
import { quote } from '../../shell/quote.js';
import { iptablesOptions, type IptablesArguments } from './iptables-options.js';
import { iptablesRule } from './iptables-rule.js';
import { defineModule, done, ModuleError } from '../module.js';
import { END, FIELDS, readFields, TRY } from '../script-fields.js';

/** Text that does something unless this is check mode. */
type Act = (command: string) => string;

function chainOf(args: IptablesArguments): string {
  if (args.chain === undefined) {
    if (args.flush) return '';
    throw new ModuleError('Either chain or flush parameter must be specified.');
  }
  const chain = plain(args.chain);
  if (chain.startsWith('-') || chain.startsWith('!'))
    throw new ModuleError(`${JSON.stringify(chain)} is no name of a chain`);
  return ` ${quote(chain)}`;
}

function setPolicy(policy: string, chain: string, act: Act): string {
  return (
    `try $x -L${chain} || fail "$said"; case $said in *'(policy '*) p=\${said#*'(policy '}; p=\${p%%[!A-Z]*} ;; *) fail "Can't detect current policy" ;; esac; ` +
    `[ "$p" = ${policy} ] || { ${act(`-P${chain} ${policy}`)}}; `
  );
}

/** The chain itself, when no option describes a rule. Without chain_management Ansible says changed and leaves it; so do we. */
function removeChain(args: IptablesArguments, chain: string, act: Act): string {
  return `if try $x -L${chain}; then changes=1; ${args.chain_management ? act(`-X${chain}`) : ''}fi; `;
}

function addRule(
  args: IptablesArguments,
  { chain, rule }: { chain: string; rule: string },
  act: Act,
): string {
  const place =
    plain(args.action) === 'insert'
      ? `-I${chain}${args.rule_num === undefined ? '' : ` ${quote(plain(args.rule_num))}`}`
      : `-A${chain}`;
  const missing = args.chain_management ? `try $x -L${chain} || { ${act(`-N${chain}`)}}; ` : '';
  return `try $x -C${chain}${rule} || { ${missing}${act(`${place}${rule}`)}}; `;
}

function steps(args: IptablesArguments, words: readonly string[], act: Act): string {
  const chain = chainOf(args);
  const rule = words.map((word) => ` ${quote(word)}`).join('');
  if (args.flush) return act(`-F${chain}`);
  if (args.policy !== undefined) return setPolicy(plain(args.policy), chain, act);
  if (plain(args.state) === 'present') return addRule(args, { chain, rule }, act);
  if (words.length === 0) return removeChain(args, chain, act);
  return `! try $x -C${chain}${rule} || { ${act(`-D${chain}${rule}`)}}; `;
}

function checkOptions(args: IptablesArguments): void {
  if (args.flush && args.policy !== undefined)
    throw new ModuleError('parameters are mutually exclusive: flush|policy');
  for (const name of ['rule_num', 'wait'] as const) {
    const given = args[name];
    if (given === undefined) continue;
    if (!/^\d+$/.test(plain(given)) || hasTaint(given))
      throw new ModuleError(`${name} must be a number, not ${JSON.stringify(plain(given))}`);
  }
}

export const iptables = defineModule({
  name: 'iptables',
  summary: 'Adds and removes rules of the packet filter that runs; nothing is kept for the next boot.',
  checkMode: 'supported',
  options: iptablesOptions,
  rules: {
    mutuallyExclusive: [['set_dscp_mark', 'set_dscp_mark_class']],
    requiredIf: [
      ['jump', 'TEE', ['gateway']],
      ['jump', 'tee', ['gateway']],
    ],
  },
  examples: `
- iptables:
    chain: INPUT
    protocol: tcp
    destination_port: '80'
    jump: ACCEPT
`,
  returns: {
    rule: 'The rule in the words of iptables.',
    chain: 'The chain.',
    table: 'The table.',
    ip_version: 'ipv4 or ipv6.',
    state: 'present or absent.',
    flush: 'Whether everything was removed.',
    chain_management: 'Whether chains are made and removed.',
  },
  run(args, { checkMode }) {
    checkOptions(args);
    const words = iptablesRule(args);
    const program = plain(args.ip_version) === 'ipv6' ? 'ip6tables' : 'iptables';
    const wait = args.wait === undefined ? '' : `-w ${plain(args.wait)} `;
    const act: Act = (command) => `changes=1; ${checkMode ? '' : `try $x ${command} || fail "$said"; `}`;
    const work = steps(args, words, act);
    return {
      plan: {
        script:
          `${FIELDS}${TRY}command -v ${program} >/dev/null || fail 'Failed to find required executable "${program}"'; ` +
          `x='${program} ${wait}-t ${plain(args.table)}'; ${work}${END}`,
        interpret(output) {
          const fields = readFields(output, 'change the packet filter');
          return done({
            changed: fields.get('changed') === '1',
            returns: {
              ip_version: plain(args.ip_version),
              table: plain(args.table),
              chain: args.chain === undefined ? null : plain(args.chain),
              flush: args.flush,
              rule: wait + words.join(' '),
              state: plain(args.state),
              chain_management: args.chain_management,
            },
          });
        },
      },
    };
  },
});
