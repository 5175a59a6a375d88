import { basename } from 'node:path';
import { plain, type Str } from '@tenon/jinja/text';
import { pathWord } from '../../shell/path-word.js';
import { quote } from '../../shell/quote.js';
import {
  attributeOptions,
  attributeSteps,
  readAttributes,
  type Attributes,
} from '../files/file-attributes.js';
import { readReport, reportFunction } from '../files/file-report.js';
import { findChecksum, readChecksum, type Checksum } from './get-url-checksum.js';
import { answerFields, readAnswer } from './http-answer.js';
import { httpOptions, readRequest } from './http-options.js';
import { requestText, type HttpRequest } from './http-request.js';
import { defineModule, done, failure, NEXT, type Plan, type Step } from '../module.js';
import { putSteps } from '../files/put-script.js';

interface Download {
  readonly request: HttpRequest;
  readonly dest: Str;
  readonly attributes: Attributes;
  readonly force: boolean;
  readonly backup: boolean;
  readonly checkMode: boolean;
  readonly temporary: Str | undefined;
}

/** The name of the file behind an address. */
function fileName(url: string): string {
  return basename(url.replace(/^[a-z]+:\/\/[^/]*/i, '').replace(/[?#].*$/, '')) || 'index.html';
}

/** The message of a report: what the answer said, and the copy of the old file. */
const ANSWERED = `$st \${b-}`;

/** A file whose checksum is the one that is wanted needs no request. */
function alreadyThere({ attributes, force, checkMode }: Download, checksum: Checksum | undefined): string {
  if (checksum === undefined) return force ? '' : 'since=$d; ';
  const known = `[ -f "$d" ] && [ "$(${checksum.algorithm}sum <"$d" | cut -d' ' -f1)" = ${checksum.digest} ]`;
  if (force) return '';
  return (
    `if ${known}; then f=$d; ${attributeSteps(attributes, { checkMode })}` +
    `case $c in 0) report ok 'file already exists' ;; *) report changed 'file already exists but file attributes changed' ;; esac; fi; `
  );
}

function script(download: Download, checksum: Checksum | undefined): string {
  const { request, dest, attributes, backup, checkMode, temporary } = download;
  const name = quote(fileName(request.url));
  const verify =
    checksum === undefined || checkMode
      ? ''
      : `k=$(${checksum.algorithm}sum <"$h/o" | cut -d' ' -f1); [ "$k" = ${checksum.digest} ] || report failed "The checksum for $d did not match ${checksum.digest}; it was $k."; `;
  const rules = {
    ...{ attributes, backup, checkMode, diffMode: false, force: true, validation: '' },
    message: ANSWERED,
  };
  const folder =
    temporary === undefined
      ? ''
      : `TMPDIR=${pathWord(temporary, 'tmp_dest')}; export TMPDIR; [ -d "$TMPDIR" ] || report failed "$TMPDIR directory does not exist."; `;
  return (
    `${reportFunction}d=${pathWord(dest, 'dest')}; [ ! -d "$d" ] || { d=\${d%/}/${name}; }; ${alreadyThere(download, checksum)}${folder}\n` +
    requestText(request) +
    `case $st in 200) ;; 304) f=$d; ${attributeSteps(attributes, { checkMode })}case $c in 0) report ok 304 ;; *) report changed 304 ;; esac ;; ` +
    `000) [ ! -s "$h/e" ] && case $u in file:*|ftp:*) st=200 ;; *) false ;; esac || { printf 'answer\\0'; ${answerFields}exit 1; } ;; ` +
    `*) printf 'answer\\0'; ${answerFields}exit 1 ;; esac; ` +
    `p=\${d%/*}; [ "$p" != "$d" ] || p=.; [ -d "\${p:-/}" ] || report failed "Destination $p does not exist"; ${verify}` +
    (checkMode
      ? `c=1; report changed "$st "; `
      : `sum=$(sha1sum <"$h/o"); sum=\${sum%% *}; md5=$(md5sum <"$h/o"); old=$(sha1sum <"$d" 2>/dev/null); printf 'sums\\0%s\\0%s\\0%s\\0%s\\0' "$st" "$sum" "\${md5%% *}" "\${old%% *}"; ${putSteps(rules, 'cat -- "$h/o"')}`)
  );
}

/** Why the server gave nothing. */
function refused({ request, dest }: Download, fields: readonly string[], elapsed: number): Step {
  const answer = readAnswer(fields, 0);
  const msg = answer.status === -1 ? answer.msg : 'Request failed';
  const told = { status_code: answer.status, response: answer.msg };
  return failure(msg, { ...told, url: request.url, dest: plain(dest), elapsed });
}

function messageOf(message: string, status: string | undefined, size: unknown): string {
  if (status === undefined) return message;
  return status === '304' ? 'HTTP Error 304: Not Modified' : `OK (${Number(size ?? 0)} bytes)`;
}

function plan(download: Download, checksum: Checksum | undefined, startedMs: number): Plan {
  const { url } = download.request;
  return {
    script: script(download, checksum),
    interpret(output) {
      const fields = output.stdout.toString().split('\0');
      const elapsed = Math.floor((Date.now() - startedMs) / 1000);
      if (fields[0] === 'answer') return refused(download, fields.slice(1, 5), elapsed);
      const [, came, sum = '', md5sum, old = ''] = fields[0] === 'sums' ? fields.splice(0, 5) : [];
      const report = readReport({ ...output, stdout: Buffer.from(fields.join('\0')) }, `get ${url}`);
      if (!('status' in report)) return report;
      // What came is told of even when it is what was there.
      const [, status = came, backup = ''] = /^(\d{3}) ?(.*)$/s.exec(report.message) ?? [];
      return done({
        changed: report.status === 'changed',
        msg: messageOf(report.message, status, report.facts.size),
        returns: {
          ...{ dest: report.path, url, elapsed, ...report.facts },
          ...(status !== undefined && { status_code: Number(status) }),
          ...{ checksum_src: sum || null, checksum_dest: old || null },
          ...(md5sum !== undefined && { md5sum }),
          ...(backup !== '' && { backup_file: backup }),
        },
      });
    },
  };
}

/** The checksum stands in a file of its own, which the machine gets first. */
function afterChecksumFile(download: Download, address: string, algorithm: string, startedMs: number): Plan {
  const request = { ...download.request, url: address, method: 'GET' };
  return {
    script: `${reportFunction}d=; \n${requestText(request)}printf 'answer\\0'; ${answerFields}head -c 500000 -- "$h/o"; exit ${NEXT}`,
    interpret(output): Step {
      const fields = output.stdout.toString().split('\0');
      const answer = readAnswer(fields.slice(1, 5), 1);
      if (fields[0] !== 'answer' || answer.status !== 200)
        return failure(`Request failed: ${answer.msg}`, { url: address, status_code: answer.status });
      const digest = findChecksum(fields.slice(5).join('\0'), fileName(download.request.url));
      if (digest === undefined)
        return failure(
          `Unable to find a checksum for file '${fileName(download.request.url)}' in '${address}'`,
        );
      return { plan: plan(download, readChecksum(`${algorithm}:${digest}`), startedMs) };
    },
  };
}

export const getUrl = defineModule({
  name: 'get_url',
  summary: 'Lets the machine download a file.',
  checkMode: 'supported',
  options: {
    ...httpOptions,
    ...attributeOptions,
    dest: { type: 'path', required: true, help: 'The file, or a folder for it.' },
    checksum: { type: 'str', default: '', help: 'sha256:DIGEST, or sha256:URL of a list of them.' },
    backup: { type: 'bool', default: false, help: 'Keep the old file beside the new one.' },
    timeout: { type: 'int', default: 10, help: 'In seconds.' },
    tmp_dest: { type: 'path', help: 'A folder for the download.' },
  },
  examples: `
- get_url:
    url: https://example.com/app.tar.gz
    dest: /opt/app.tar.gz
    checksum: sha256:b5bb9d8014a0f9b1d61e21e796d78dccdf1352f23cd32812f4850b878ae4944c
`,
  returns: {
    dest: 'The file.',
    url: 'The address.',
    status_code: 'What the server said.',
    msg: 'OK (N bytes).',
    checksum_src: 'SHA-1 of what came.',
    md5sum: 'MD5 of what came.',
    checksum_dest: 'SHA-1 of the file before.',
    backup_file: 'Where the old file went.',
    elapsed: 'In seconds.',
  },
  run(args, { checkMode }) {
    const request: HttpRequest = {
      ...{ ...readRequest(args), method: checkMode ? 'HEAD' : 'GET', body: undefined, follow: true },
      ...{ caPath: undefined, unixSocket: undefined },
    };
    const { dest, force, backup, tmp_dest: temporary } = args;
    const download = { request, dest, force, backup, checkMode, temporary, attributes: readAttributes(args) };
    const startedMs = Date.now();
    const checksum = plain(args.checksum);
    const [, algorithm = '', address] = /^(\w+):((?:https?|ftp|file):\/\/.*)$/.exec(checksum) ?? [];
    if (address !== undefined) return { plan: afterChecksumFile(download, address, algorithm, startedMs) };
    return { plan: plan(download, checksum === '' ? undefined : readChecksum(checksum), startedMs) };
  },
});
