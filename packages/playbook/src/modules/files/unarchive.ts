import { hasTaint, plain, type Str } from '@tenon/jinja/text';
import { pathWord } from '../../shell/path-word.js';
import { attributeOptions, readAttributes } from './file-attributes.js';
import { readReport, reportFunction } from './file-report.js';
import { requestText } from '../sources/http-request.js';
import { defineModule, done, ModuleError, NEXT, type Plan, type Step } from '../module.js';
import { unpackText, type UnpackRules } from './unpack-script.js';

const TIMEOUT_SECONDS = 10;

function readOptions(options: readonly Str[] | undefined): string[] {
  if (options?.some(hasTaint) === true)
    throw new ModuleError('refused: extra_opts holds tenant data; write the options in the playbook');
  return (options ?? []).map(plain);
}

/** `$h` is a folder that goes with the script, `$a` the archive. */
function archiveText(source: { remote: Str } | 'sent', validateCertificates: boolean): string {
  const folder = `h=$(umask 077; mktemp -d) || exit; trap 'rm -rf -- "$h"' EXIT; trap 'exit 1' HUP TERM INT PIPE\n`;
  if (source === 'sent') return `${folder}a=$h/archive; cat >"$a" || exit; `;
  const address = plain(source.remote);
  if (!address.includes('://'))
    return `${folder}a=${pathWord(source.remote, 'src')}; [ -e "$a" ] || report failed "Source '$a' does not exist"; `;
  const request = {
    ...{ url: address, method: 'GET', headers: [], body: undefined, agent: 'ansible-httpget', follow: true },
    ...{ user: undefined, password: undefined, timeoutSeconds: TIMEOUT_SECONDS, validateCertificates },
    ...{ decompress: false, netrc: true, proxy: true, ciphers: undefined, clientCertificate: undefined },
    ...{ clientKey: undefined, caPath: undefined, unixSocket: undefined },
  };
  return `${requestText(request)}[ -s "$h/o" ] && [ "$st" -lt 300 ] || report failed "Failure downloading $u, status $st: $(cat "$h/e")"; a=$h/o; `;
}

function readMembers(stdout: Buffer): { members: string[]; rest: Buffer } {
  const text = stdout.toString('latin1');
  if (!text.startsWith('members\0')) return { members: [], rest: stdout };
  const end = text.indexOf('\0', 'members\0'.length);
  const list = stdout.subarray('members\0'.length, end).toString();
  return { members: list.split('\n').filter((name) => name !== ''), rest: stdout.subarray(end + 1) };
}

export const unarchive = defineModule({
  name: 'unarchive',
  summary: 'Unpacks an archive on the machine.',
  checkMode: 'supported',
  options: {
    ...attributeOptions,
    src: { type: 'path', required: true, help: 'The archive: tar, also with gz, bz2, xz or zst, or zip.' },
    dest: { type: 'path', required: true, help: 'The folder to unpack it into.' },
    remote_src: { type: 'bool', default: false, help: 'src is on the machine, or an address.' },
    copy: { type: 'bool', default: true, help: 'The opposite of remote_src.' },
    creates: { type: 'path', help: 'Do nothing when this path exists.' },
    list_files: { type: 'bool', default: false, help: 'Return the names of the members.' },
    include: { type: 'list', default: [], help: 'Only these members.' },
    exclude: { type: 'list', default: [], help: 'Not these members.' },
    keep_newer: { type: 'bool', default: false, help: 'Leave files that are newer.' },
    extra_opts: { type: 'list', help: 'More options for tar or unzip.' },
    validate_certs: {
      type: 'bool',
      default: true,
      help: 'For an address: refuse a certificate that is not valid.',
    },
    decrypt: { type: 'bool', default: true, help: 'Decrypt an archive that is encrypted with the vault.' },
    io_buffer_size: { type: 'int', default: 65_536, help: 'Without effect.' },
  },
  examples: `
- unarchive:
    src: site.tar.gz
    dest: /var/www
`,
  returns: {
    dest: 'The folder.',
    src: 'The archive.',
    handler: 'TarArchive, TgzArchive, TarBzipArchive, TarXzArchive, TarZstdArchive or ZipArchive.',
    files: 'The members, with list_files.',
    mode: 'Permissions of the folder.',
    owner: 'Its user.',
  },
  async run(args, { checkMode, folder }): Promise<Step> {
    if (args.include.length > 0 && args.exclude.length > 0)
      throw new ModuleError('unarchive: parameters are mutually exclusive: include|exclude');
    const rules: UnpackRules = {
      ...{ attributes: readAttributes(args), include: args.include, exclude: args.exclude, checkMode },
      ...{ options: readOptions(args.extra_opts), keepNewer: args.keep_newer },
    };
    const isRemote = args.remote_src || !args.copy;
    const content = isRemote ? undefined : await folder.read(await folder.find(args.src, 'files'));
    const source = archiveText(isRemote ? { remote: args.src } : 'sent', args.validate_certs);
    const dest = pathWord(args.dest, 'dest');
    const creates =
      args.creates === undefined
        ? ''
        : `d=${pathWord(args.creates, 'creates')}; [ ! -e "$d" ] || report skipped "skipped, since $d exists"; `;
    const unpack: Plan = {
      script:
        `${reportFunction}${creates}d=${dest}; ${source}[ -s "$a" ] || report failed "Invalid archive '$a', the file is 0 bytes"; ` +
        `[ -d "$d" ] || report failed "Destination '$d' is not a directory"; ${unpackText(rules)}`,
      ...(content !== undefined && { stdin: content }),
      interpret(output) {
        const { members, rest } = readMembers(output.stdout);
        const report = readReport({ ...output, stdout: rest }, `unpack ${plain(args.src)}`);
        if (!('status' in report)) return report;
        if (report.status === 'skipped') return done({ changed: false, skipped: true, msg: report.message });
        return done({
          changed: report.status === 'changed',
          returns: {
            ...{ dest: report.path, src: plain(args.src), handler: report.message, ...report.facts },
            ...(args.list_files && { files: members }),
          },
        });
      },
    };
    if (args.creates === undefined || content === undefined) return { plan: unpack };
    // The archive is only sent when it is needed.
    return {
      plan: {
        script: `${reportFunction}${creates}exit ${NEXT}`,
        interpret: (output) => (output.rc === NEXT ? { plan: unpack } : unpack.interpret(output)),
      },
    };
  },
});
