import { plain, type Str } from '@tenon/jinja/text';
import { pathWord } from '../../shell/path-word.js';
import type { RemoteOutput } from '../../transport/transport.js';
import { attributeOptions, attributeSteps, readAttributes } from '../files/file-attributes.js';
import { factsOf, readReport, reportFunction, STAT_FORMAT } from '../files/file-report.js';
import { answerFields, readAnswer, type HttpAnswer } from './http-answer.js';
import { httpOptions, optionalWord, readRequest } from './http-options.js';
import { requestText, type HttpRequest } from './http-request.js';
import { defineModule, done, ModuleError, type ModuleContext, type Step } from '../module.js';
import { multipartBody } from './multipart-body.js';
import { readBody } from './uri-body.js';

/** What is handed on of a content; a task may print 1 MiB. */
const CONTENT_BYTES = 900_000;

/** Printed in front of an answer. */
const ANSWER = 'tenon-answer';

function readStatusCodes(codes: readonly Str[]): number[] {
  return codes.map((code) => {
    if (/^\d{3}$/.test(plain(code).trim())) return Number(plain(code));
    throw new ModuleError(`status_code takes numbers, not ${JSON.stringify(plain(code))}`);
  });
}

/** The content goes to `dest` when the status is one that is wanted; `$c` says that it did. */
function keepText(dest: Str | undefined, statusCodes: readonly number[], attributes: string): string {
  if (dest === undefined) return '';
  return (
    `d=${pathWord(dest, 'dest')}; if [ -d "$d" ]; then n=\${u%%[?#]*}; n=\${n##*/}; d=\${d%/}/\${n:-index.html}; fi; ` +
    `case $st in 304) ;; ${statusCodes.join('|')}) if ! cmp -s -- "$h/o" "$d"; then p=\${d%/*}; [ "$p" != "$d" ] || p=.; ` +
    `t=$(mktemp "\${p:-/}/.tenon.XXXXXXXXXX" 2>&1) || report failed "failed to copy to $d: $t"; ` +
    `cat -- "$h/o" >"$t" && { [ ! -e "$d" ] || chmod --reference="$d" -- "$t"; } && { [ -e "$d" ] || chmod =rw -- "$t"; } && m=$(mv -fT -- "$t" "$d" 2>&1) || { rm -f -- "$t"; report failed "failed to copy to $d: $m"; }; fi; ` +
    `f=$d; ${attributes}c=1 ;; esac; `
  );
}

function isJson(type: string | undefined): boolean {
  const subtype = /^[^/;]+\/([^;\s]+)/.exec(type ?? '')?.[1]?.toLowerCase() ?? '';
  return /^(?:.*\+)?(?:json|javascript)$/.test(subtype);
}

function parsed(text: string): { json?: unknown } {
  try {
    return { json: JSON.parse(text) as unknown };
  } catch {
    // Ansible leaves it out, too.
    return {};
  }
}

function headerReturns(answer: HttpAnswer): Record<string, unknown> {
  const cookies = Object.fromEntries(answer.cookies);
  return {
    ...Object.fromEntries([...answer.headers].map(([name, value]) => [name.replaceAll('-', '_'), value])),
    cookies,
    cookies_string: [...answer.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
  };
}

interface Asked {
  readonly request: HttpRequest;
  readonly statusCodes: readonly number[];
  readonly returnContent: boolean;
  readonly startedMs: number;
}

interface Answered {
  readonly answer: HttpAnswer;
  readonly changed: boolean;
  /** '' without `dest`. */
  readonly path: string;
  /** Of that file: mode, owner and so on. */
  readonly facts: Readonly<Record<string, unknown>>;
  /** Of the whole content, of which `content` may be the beginning. */
  readonly size: number;
  readonly content: Buffer;
}

function readAnswered(stdout: Buffer): Answered {
  const fields = stdout.toString('latin1').split('\0');
  const [, changed, path = '', facts = '', size, ...rest] = fields
    .slice(0, 9)
    .map((field) => Buffer.from(field, 'latin1').toString());
  return {
    ...{ answer: readAnswer(rest, Number(size)), changed: changed === '1', path, size: Number(size) },
    facts: factsOf(facts),
    content: Buffer.from(fields.slice(9).join('\0'), 'latin1'),
  };
}

function textOf(content: Buffer, contentType: string | undefined): string {
  const charset = /charset="?([\w-]+)/i.exec(contentType ?? '')?.[1]?.toLowerCase();
  return content.toString(charset === 'iso-8859-1' || charset === 'latin-1' ? 'latin1' : 'utf8');
}

function returnsOf({ answer, path, facts, size, content }: Answered, asked: Asked): Record<string, unknown> {
  const { request, returnContent, startedMs } = asked;
  const contentType = answer.headers.get('content-type');
  const text = textOf(content, contentType);
  const isWhole = size <= CONTENT_BYTES;
  return {
    ...headerReturns(answer),
    ...(isJson(contentType) && isWhole && parsed(text)),
    ...{ status: answer.status, url: answer.url || request.url },
    redirected: answer.url !== '' && answer.url !== request.url,
    elapsed: Math.floor((Date.now() - startedMs) / 1000),
    ...(returnContent && { content: isWhole ? text : '' }),
    ...(path !== '' && { path, ...facts }),
  };
}

function resultOf(output: RemoteOutput, asked: Asked): Step {
  const answered = readAnswered(output.stdout);
  const { answer, changed, size } = answered;
  const returns = returnsOf(answered, asked);
  if (asked.returnContent && size > CONTENT_BYTES) {
    const msg = `the content has ${size} bytes, more than can be returned; use dest`;
    return done({ changed: false, failed: true, msg, returns });
  }
  if (asked.statusCodes.includes(answer.status)) return done({ changed, msg: answer.msg, returns });
  const codes = `[${asked.statusCodes.join(', ')}]`;
  const msg = `Status code was ${answer.status} and not ${codes}: ${answer.msg}`;
  return done({ changed: false, failed: true, msg, returns });
}

function skipText(path: Str | undefined, what: 'creates' | 'removes'): string {
  if (path === undefined) return '';
  const test = what === 'creates' ? '[ -e "$d" ]' : '[ ! -e "$d" ]';
  const why = what === 'creates' ? 'exists' : 'does not exist';
  return `d=${pathWord(path, what)}; if ${test}; then report skipped "skipped, since '$d' ${why}"; fi; `;
}

async function bodyOf(
  args: { body: Parameters<typeof readBody>[0]; body_format: Str; src: Str | undefined; remote_src: boolean },
  { folder }: ModuleContext,
): Promise<{ body: HttpRequest['body']; contentType: string | undefined }> {
  if (plain(args.body_format) === 'form-multipart') {
    const read = async (name: Str) => folder.read(await folder.find(name, 'files'));
    const { content, contentType } = await multipartBody(args.body, read);
    return { body: content, contentType };
  }
  const { content, contentType } = readBody(args.body, plain(args.body_format));
  if (args.src === undefined) return { body: content, contentType };
  if (args.remote_src) return { body: { file: pathWord(args.src, 'src') }, contentType };
  return { body: await folder.read(await folder.find(args.src, 'files')), contentType };
}

export const uri = defineModule({
  name: 'uri',
  summary: 'Lets the machine ask a web service.',
  options: {
    ...httpOptions,
    ...attributeOptions,
    method: { type: 'str', default: 'GET', help: 'The method.' },
    body: { type: 'raw', help: 'What to send.' },
    body_format: {
      type: 'str',
      default: 'raw',
      choices: ['form-multipart', 'form-urlencoded', 'json', 'raw'],
      help: 'How the body is written.',
    },
    src: { type: 'path', help: 'A file to send instead of a body.' },
    remote_src: { type: 'bool', default: false, help: 'src is on the machine.' },
    dest: { type: 'path', help: 'A file or folder for the content.' },
    return_content: { type: 'bool', default: false, help: 'Return the content.' },
    status_code: { type: 'list', default: ['200'], help: 'The statuses that are no failure.' },
    follow_redirects: {
      type: 'str',
      default: 'safe',
      choices: ['all', 'no', 'none', 'safe', 'urllib2', 'yes'],
      help: 'safe: for GET and HEAD alone.',
    },
    creates: { type: 'path', help: 'Do nothing when this path exists.' },
    removes: { type: 'path', help: 'Do nothing when this path does not exist.' },
    timeout: { type: 'int', default: 30, help: 'In seconds.' },
    unix_socket: { type: 'path', help: 'A socket instead of the host.' },
    ca_path: { type: 'path', help: 'Certificates to trust, PEM.' },
  },
  rules: { mutuallyExclusive: [['body', 'src']] },
  examples: `
- uri:
    url: http://localhost:8080/health
    return_content: yes
  register: health
  until: health.status == 200
`,
  returns: {
    status: 'The status; -1 without an answer.',
    content: 'The content, with return_content.',
    json: 'The content when it is JSON.',
    url: 'Where it came from in the end.',
    redirected: 'Whether that is another place.',
    cookies: 'By name.',
    cookies_string: 'For a header.',
    elapsed: 'In seconds.',
    path: 'The file that has the content, with dest.',
  },
  async run(args, context) {
    const method = plain(args.method).toUpperCase();
    if (!/^[A-Z]+$/.test(method))
      throw new ModuleError("Parameter 'method' needs to be a single word in uppercase, like GET or POST.");
    const shared = readRequest(args);
    const { body, contentType } = await bodyOf(args, context);
    const hasType = shared.headers.some(([name]) => name.toLowerCase() === 'content-type');
    const typeHeader = contentType === undefined || hasType ? [] : [['Content-Type', contentType] as const];
    const follow = plain(args.follow_redirects);
    const isSafe = method === 'GET' || method === 'HEAD';
    const request: HttpRequest = {
      ...{ ...shared, method, body, headers: [...shared.headers, ...typeHeader] },
      follow: follow === 'safe' ? isSafe : follow !== 'no' && follow !== 'none',
      ...{ caPath: optionalWord(args.ca_path), unixSocket: optionalWord(args.unix_socket) },
    };
    const statusCodes = readStatusCodes(args.status_code);
    const since = args.dest === undefined || args.force ? '' : `since=${pathWord(args.dest, 'dest')}; `;
    const keep = keepText(args.dest, statusCodes, attributeSteps(readAttributes(args)));
    const asked = { request, statusCodes, returnContent: args.return_content, startedMs: Date.now() };
    return {
      plan: {
        script:
          `${reportFunction}${skipText(args.creates, 'creates')}${skipText(args.removes, 'removes')}d=; ${since}\n${requestText(request)}` +
          `${keep}printf '%s\\0%s\\0%s\\0%s\\0%s\\0' '${ANSWER}' "$c" "$d" "$([ -z "$d" ] || stat -c '${STAT_FORMAT}' -- "$d")" "$(stat -c %s "$h/o")"; ${answerFields}head -c ${CONTENT_BYTES} -- "$h/o"; ` +
          `case $st in ${statusCodes.join('|')}) ;; *) exit 1 ;; esac`,
        interpret(output) {
          if (output.stdout.toString('latin1').startsWith(`${ANSWER}\0`)) return resultOf(output, asked);
          const report = readReport(output, `ask ${request.url}`);
          if (!('status' in report)) return report;
          return done({ changed: false, returns: { stdout: report.message } });
        },
      },
    };
  },
});
