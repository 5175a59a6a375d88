import { hasTaint, plain, spansOf, type Str } from '@tenon/jinja/text';
import { pyStr, type Value } from '@tenon/jinja/values';
import { expandingWord, pathWord } from '../../shell/path-word.js';
import type { HttpRequest } from './http-request.js';
import { ModuleError } from '../module.js';

/** What `get_url` and `uri` share (Ansible: url_argument_spec). */
export const httpOptions = {
  url: { type: 'str', required: true, help: 'The address: http, https, ftp or file.' },
  url_username: { type: 'str', aliases: ['username', 'user'], help: 'For basic authentication.' },
  url_password: { type: 'str', aliases: ['password'], secret: true, help: 'The password for it.' },
  force: { type: 'bool', default: false, help: 'Ask for it whatever is there already.' },
  force_basic_auth: {
    type: 'bool',
    default: false,
    help: 'Without effect: the password goes with the first request.',
  },
  headers: { type: 'dict', help: 'More headers.' },
  http_agent: { type: 'str', default: 'ansible-httpget', help: 'The name to go by.' },
  validate_certs: { type: 'bool', default: true, help: 'Refuse a certificate that is not valid.' },
  client_cert: { type: 'path', help: 'A certificate of the machine to show, PEM.' },
  client_key: { type: 'path', help: 'Its key.' },
  ciphers: { type: 'list', help: 'The ciphers to use.' },
  decompress: { type: 'bool', default: true, help: 'Accept a compressed answer.' },
  unredirected_headers: {
    type: 'list',
    default: [],
    help: 'Without effect: no header goes to another host.',
  },
  use_gssapi: { type: 'bool', default: false, help: 'Not supported: must be no.' },
  use_netrc: { type: 'bool', default: true, help: 'Take a password from ~/.netrc.' },
  use_proxy: { type: 'bool', default: true, help: "Use the proxy that the machine's environment names." },
} as const;

interface HttpArguments {
  readonly url: Str;
  readonly url_username: Str | undefined;
  readonly url_password: Str | undefined;
  readonly headers: ReadonlyMap<Value, Value> | undefined;
  readonly http_agent: Str;
  readonly validate_certs: boolean;
  readonly client_cert: Str | undefined;
  readonly client_key: Str | undefined;
  readonly ciphers: readonly Str[] | undefined;
  readonly decompress: boolean;
  readonly use_gssapi: boolean;
  readonly use_netrc: boolean;
  readonly use_proxy: boolean;
  readonly timeout: number;
}

function oneLine(text: Str, what: string): string {
  const line = plain(text);
  if (!/[\r\n\0]/.test(line)) return line;
  throw new ModuleError(`${what} must be one line`);
}

function readUrl(url: Str): string {
  const text = oneLine(url, 'url').trim();
  const scheme = /^([a-z]+):\/\//i.exec(text)?.[1]?.toLowerCase() ?? '';
  if (!['http', 'https', 'ftp', 'file'].includes(scheme)) throw new ModuleError(`unknown url type: ${text}`);
  const [first] = spansOf(url);
  if (
    hasTaint(url) &&
    (first?.tainted === true || !first?.text.includes('://')) &&
    !scheme.startsWith('http')
  )
    throw new ModuleError('refused: tenant data would choose the kind of address; write it in the playbook');
  return text;
}

/** The part of a request that the shared options describe. Throws ModuleError. */
export function readRequest(
  args: HttpArguments,
): Omit<HttpRequest, 'method' | 'body' | 'follow' | 'caPath' | 'unixSocket'> {
  if (args.use_gssapi)
    throw new ModuleError('use_gssapi is not supported; use url_username and url_password');
  const headers = [...(args.headers ?? new Map<Value, Value>())].map(
    ([name, value]) => [oneLine(pyStr(name), 'a header'), oneLine(pyStr(value), 'a header')] as const,
  );
  const text = (value: Str | undefined, what: string) =>
    value === undefined ? undefined : oneLine(value, what);
  return {
    ...{
      url: readUrl(args.url),
      headers,
      agent: oneLine(args.http_agent, 'http_agent'),
      timeoutSeconds: args.timeout,
    },
    ...{ user: text(args.url_username, 'url_username'), password: text(args.url_password, 'url_password') },
    ...{ validateCertificates: args.validate_certs, decompress: args.decompress },
    ...{ netrc: args.use_netrc, proxy: args.use_proxy, ciphers: args.ciphers?.map(plain).join(':') },
    clientCertificate: args.client_cert === undefined ? undefined : pathWord(args.client_cert, 'client_cert'),
    clientKey: args.client_key === undefined ? undefined : pathWord(args.client_key, 'client_key'),
  };
}

/** A path option as a word, or nothing. */
export function optionalWord(path: Str | undefined): string | undefined {
  return path === undefined ? undefined : expandingWord(path);
}
