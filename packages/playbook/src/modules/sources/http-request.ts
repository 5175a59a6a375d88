import { quote } from '../../shell/quote.js';

/** A request that the machine makes, with curl or with wget, whichever it has. */
export interface HttpRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: readonly (readonly [string, string])[];
  /** Bytes, or a file of the machine as a shell word. */
  readonly body: Buffer | { readonly file: string } | undefined;
  readonly agent: string;
  readonly user: string | undefined;
  readonly password: string | undefined;
  readonly timeoutSeconds: number;
  readonly validateCertificates: boolean;
  /** Go where a redirection points to. */
  readonly follow: boolean;
  readonly decompress: boolean;
  readonly netrc: boolean;
  readonly proxy: boolean;
  readonly ciphers: string | undefined;
  /** Paths of the machine as shell words. */
  readonly clientCertificate: string | undefined;
  readonly clientKey: string | undefined;
  readonly caPath: string | undefined;
  readonly unixSocket: string | undefined;
}

function curlText(text: string): string {
  return `"${text.replace(/[\\"]/g, '\\$&')}"`;
}

const MAX_REDIRECTS = 10;

/** curl's configuration; a secret is in no argv. */
function curlConfiguration(request: HttpRequest): string {
  const { user, password, headers, timeoutSeconds, method } = request;
  const limit = String(timeoutSeconds);
  const lines: (readonly [string, string?] | undefined)[] = [
    ['url', request.url],
    method === 'HEAD' ? ['head'] : ['request', method],
    ['user-agent', request.agent],
    ...headers.map(([name, value]) => ['header', `${name}:${value === '' ? '' : ` ${value}`}`] as const),
    user === undefined ? undefined : ['user', `${user}:${password ?? ''}`],
    user === undefined && request.netrc ? ['netrc-optional'] : undefined,
    ['proto', '=http,https,ftp,file'],
    ['connect-timeout', limit],
    ['speed-limit', '1'],
    ['speed-time', limit],
    request.validateCertificates ? undefined : ['insecure'],
    request.follow ? ['location'] : undefined,
    ['max-redirs', String(MAX_REDIRECTS)],
    request.decompress ? ['compressed'] : undefined,
    request.proxy ? undefined : ['noproxy', '*'],
    request.ciphers === undefined ? undefined : ['ciphers', request.ciphers],
    ['silent'],
    ['show-error'],
    ['write-out', '%{http_code} %{url_effective}'],
  ];
  return lines
    .flatMap((line) =>
      line === undefined ? [] : [line[1] === undefined ? line[0] : `${line[0]} = ${curlText(line[1])}`],
    )
    .map((line) => `${line}\n`)
    .join('');
}

/** wget's configuration. */
function wgetConfiguration(request: HttpRequest): string {
  const { user, password } = request;
  return [
    ...request.headers.map(([name, value]) => `header = ${name}: ${value}`),
    ...(user === undefined
      ? []
      : [`http_user = ${user}`, `http_password = ${password ?? ''}`, 'auth_no_challenge = on']),
    `user_agent = ${request.agent}`,
    `netrc = ${request.netrc ? 'on' : 'off'}`,
    ...(request.proxy ? [] : ['use_proxy = off']),
    ...(request.validateCertificates ? [] : ['check_certificate = off']),
    `timeout = ${request.timeoutSeconds}`,
    'tries = 1',
    `max_redirect = ${request.follow ? MAX_REDIRECTS : 0}`,
    'content_on_error = on',
    'server_response = on',
    ...(request.ciphers === undefined ? [] : [`ciphers = ${request.ciphers}`]),
    '',
  ].join('\n');
}

/** Text that writes bytes to a file, whatever they are. */
function writeFile(content: Buffer, path: string): string {
  return `base64 -d >${path} <<'E'\n${content.toString('base64')}\nE\n`;
}

function bodyText(body: HttpRequest['body']): string {
  if (body === undefined) return '';
  if (Buffer.isBuffer(body)) return writeFile(body, '"$h/b"');
  return `cat -- ${body.file} >"$h/b" || report failed "Unable to open source file "${body.file}\n`;
}

/**
 * Script text that makes the request. Then `$st` is the status (000 without an answer), `$u` where it came from, "$h/h" the
 * headers of every answer, "$h/o" the content and "$h/e" what went wrong. `$since` is a file that must be older. Needs
 * `report`; the folder $h goes with the script.
 */
export function requestText(request: HttpRequest): string {
  const curlFiles = [
    ['--cert', request.clientCertificate],
    ['--key', request.clientKey],
    ['--cacert', request.caPath],
    ['--unix-socket', request.unixSocket],
  ] as const;
  const wgetFiles = [
    ['--certificate=', request.clientCertificate],
    ['--private-key=', request.clientKey],
    ['--ca-certificate=', request.caPath],
  ] as const;
  const given = (files: readonly (readonly [string, string | undefined])[], separator: string) =>
    files.map(([option, word]) => (word === undefined ? '' : ` ${option}${separator}${word}`)).join('');
  const hasBody = request.body !== undefined;
  return (
    `h=$(umask 077; mktemp -d) || exit; trap 'rm -rf -- "$h"' EXIT; trap 'exit 1' HUP TERM INT PIPE\n` +
    bodyText(request.body) +
    `modified=; [ -z "\${since-}" ] || [ ! -f "$since" ] || modified=$(LC_ALL=C date -u -r "$since" '+%a, %d %b %Y %H:%M:%S GMT')\n` +
    `: >"$h/h"; : >"$h/o"\n` +
    `if command -v curl >/dev/null; then\n` +
    writeFile(Buffer.from(curlConfiguration(request)), '"$h/c"') +
    `[ -z "$modified" ] || printf 'header = "If-Modified-Since: %s"\\n' "$modified" >>"$h/c"\n` +
    `w=$(curl -q -K "$h/c" -D "$h/h" -o "$h/o"${hasBody ? ' --data-binary "@$h/b"' : ''}${given(curlFiles, ' ')} 2>"$h/e" </dev/null)\n` +
    `st=\${w%% *}; u=\${w#* }\n` +
    `elif command -v wget >/dev/null; then\n` +
    writeFile(Buffer.from(wgetConfiguration(request)), '"$h/c"') +
    writeFile(Buffer.from(`${request.url}\n`), '"$h/u"') +
    `[ -z "$modified" ] || printf 'header = If-Modified-Since: %s\\n' "$modified" >>"$h/c"\n` +
    `wget --config="$h/c" --method=${quote(request.method)}${hasBody ? ' --body-file="$h/b"' : ''}${given(wgetFiles, '')} -O "$h/o" -o "$h/e" -i "$h/u" </dev/null\n` +
    `sed -n 's/^  //p' "$h/e" >"$h/h"; st=$(sed -n 's,^HTTP/[0-9.]* \\([0-9]*\\).*,\\1,p' "$h/h" | tail -n1)\n` +
    `st=\${st:-000}; u=$(sed -n 's/^[Ll]ocation: \\([^ ]*\\).*/\\1/p' "$h/h" | tail -n1); u=\${u:-${quote(request.url)}}\n` +
    `else report failed 'cannot make the request: the machine has neither curl nor wget; install one of them'; fi\n`
  );
}
