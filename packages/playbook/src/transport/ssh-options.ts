import { wordsOf } from './words.js';

/** Options of OpenSSH by their names in lower case; the first value of a name is the one that counts (ssh_config(5)). */
export class SshOptions {
  private readonly values = new Map<string, string[]>();
  /** As they came. */
  private readonly names: string[] = [];

  add(name: string, value: string): void {
    const key = name.toLowerCase();
    const known = this.values.get(key);
    if (known === undefined) {
      this.values.set(key, [value]);
      this.names.push(key);
    } else known.push(value);
  }

  /** Those of `other` count where these say nothing. */
  addAll(other: SshOptions): void {
    for (const name of other.names) for (const value of other.all(name)) this.add(name, value);
  }

  get(name: string): string | undefined {
    return this.values.get(name.toLowerCase())?.[0];
  }

  /** Every value, for options that add up (IdentityFile). */
  all(name: string): readonly string[] {
    return this.values.get(name.toLowerCase()) ?? [];
  }

  /** Which of the names came first. */
  firstOf(names: readonly string[]): string | undefined {
    return this.names.find((name) => names.some((each) => each.toLowerCase() === name));
  }
}

/** `Key value`, `Key=value` or `Key = value`, as in ssh_config and behind -o. */
export function readOption(line: string): { name: string; value: string } | undefined {
  const match = /^\s*(\w+)(?:\s*=\s*|\s+)(.*?)\s*$/s.exec(line);
  if (match?.[1] === undefined || match[2] === undefined) return undefined;
  return { name: match[1], value: match[2] };
}

/** The value as OpenSSH takes it: without quotes, but for a command, which keeps them for the shell that runs it. */
export function plainValue({ name, value }: { name: string; value: string }): string {
  return name.toLowerCase() === 'proxycommand' ? value : wordsOf(value).join(' ');
}

/** The flags of ssh(1) that take a value. */
const WITH_VALUE = 'BbcDEeFIiJLlmOopQRSWw';
const MEANING: Readonly<Record<string, string>> = { i: 'IdentityFile', p: 'Port', l: 'User', J: 'ProxyJump' };

/** What the words for ssh say; `configFile` is that of -F. What is not known is passed over. */
export function readSshArguments(lines: readonly string[]): { options: SshOptions; configFile?: string } {
  const options = new SshOptions();
  let configFile: string | undefined;
  const words = lines.flatMap((line) => wordsOf(line));
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    const flag = flagOf(word);
    if (flag === undefined) continue;
    const value = flag.value ?? words.shift() ?? '';
    const option = flag.letter === 'o' ? readOption(value) : undefined;
    if (option !== undefined) options.add(option.name, plainValue(option));
    else if (flag.letter === 'F') configFile = value;
    else if (MEANING[flag.letter] !== undefined) options.add(MEANING[flag.letter] ?? '', value);
  }
  return { options, ...(configFile !== undefined && { configFile }) };
}

/** The first flag of `-4Cp2222` that takes a value, and the value if it is in the same word. */
function flagOf(word: string): { letter: string; value: string | undefined } | undefined {
  const match = new RegExp(`^-[^${WITH_VALUE}]*([${WITH_VALUE}])(.*)$`, 's').exec(word);
  if (match?.[1] === undefined) return undefined;
  return { letter: match[1], value: match[2] === '' ? undefined : match[2] };
}
