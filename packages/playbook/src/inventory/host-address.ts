const STEP = String.raw`(?::\d+)?\]`;
const NUMBERS = String.raw`\[\d+:\d+${STEP}`;
const HEXADECIMALS = String.raw`\[[\da-f]+:[\da-f]+${STEP}`;
const LETTERS = String.raw`\[(?:[a-z]:[a-z]|\d+:\d+)${STEP}`;
const OCTET = String.raw`(?:[01]?\d{1,2}|2[0-4]\d|25[0-5]|${NUMBERS})`;
const GROUP = String.raw`(?:[\da-f]{1,4}|${HEXADECIMALS})`;
const FOUR = String.raw`(?:${OCTET}\.){3}${OCTET}`;
const LABEL = String.raw`(?:[\p{L}\p{N}_]|${LETTERS})(?:[\p{L}\p{N}_-]|${LETTERS})*(?<![_-])`;

/** The ways of writing an IPv6 address, by where its `::` stands. */
const SIX = [
  String.raw`(?:${GROUP}:){7}${GROUP}`,
  String.raw`(?:${GROUP}:){1,7}:`,
  ...[1, 2, 3, 4, 5, 6].map((left) => String.raw`(?:${GROUP}:){${left}}(?::${GROUP}){1,${7 - left}}`),
  String.raw`:(?::${GROUP}){1,7}`,
  '::',
  String.raw`(?:0:){6}${FOUR}`,
  String.raw`::(?:ffff:)?${FOUR}`,
  String.raw`(?:0:){5}ffff:${FOUR}`,
].join('|');

const ADDRESS = new RegExp(`^(?:${FOUR}|${SIX})$`, 'iu');
const HOST_NAME = new RegExp(String.raw`^${LABEL}(?:\.${LABEL})*$`, 'iu');
/** Most names there are. The expressions above take 10 ms to be compiled, which these need not wait for. */
const PLAIN_NAME = /^[a-z\d](?:[\w-]*[a-z\d])?(?:\.[a-z\d](?:[\w-]*[a-z\d])?)*$/i;
const IN_BRACKETS = /^\[(.+)\]:(\d+)$/;
const WITH_PORT = /^((?:[^:[\]]|\[[^\]]*\])*):(\d+)$/;

interface HostAddress {
  readonly host: string;
  readonly port: number | undefined;
}

/** `host`, `host:22`, `[::1]:22`, with ranges such as `web[1:3]`; undefined when it is none of these (Ansible 2.14). */
export function readHostAddress(written: string): HostAddress | undefined {
  const [, host = written, port] = IN_BRACKETS.exec(written) ?? WITH_PORT.exec(written) ?? [];
  if (!PLAIN_NAME.test(host) && !ADDRESS.test(host) && !HOST_NAME.test(host)) return undefined;
  return { host, port: port === undefined ? undefined : Number(port) };
}

/** Whether a text is one host's name or address, so that its colons separate nothing. */
export function isHostAddress(written: string): boolean {
  return readHostAddress(written) !== undefined;
}
