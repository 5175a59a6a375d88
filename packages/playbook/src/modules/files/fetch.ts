import { createHash } from 'node:crypto';
import { basename, join, normalize, resolve } from 'node:path';
import { plain, spansOf, type Str } from '@tenon/jinja/text';
import { defineModule, done, failure, ModuleError, type Controller, type ModuleResult } from '../module.js';
import { readFile, type Unreadable } from './read-file.js';

const climbs = (path: string) => path.split('/').filter((part) => part === '..').length;

/** Data of a machine may name a folder or a file of this one, and lead nowhere else. */
function refuseLeading(dest: Str): void {
  const spans = spansOf(dest);
  const harmless = spans.map(({ text, tainted }) => (tainted ? 'x' : text)).join('');
  const leads = spans.some(({ text, tainted }) => tainted && /[/\0]/.test(text));
  if (!leads && climbs(harmless) === climbs(plain(dest))) return;
  throw new ModuleError(
    `refused: dest would be '${plain(dest)}', where data of a machine chooses the folder; name it in the playbook`,
  );
}

/** Where on this machine a file goes: DEST/HOST/PATH, or with `flat` DEST itself. */
function destination(
  dest: Str,
  { source, host, flat }: { source: string; host: string; flat: boolean },
): string {
  refuseLeading(dest);
  const text = plain(dest);
  if (flat) return resolve(text.endsWith('/') ? join(text, basename(source)) : text);
  const path = resolve(text, host, `./${normalize(`/${source}`)}`);
  if (path.startsWith(`${resolve(text)}/`)) return path;
  throw new ModuleError(
    `Detected directory traversal, expected to be contained in '${text}' but got '${path}'`,
  );
}

const hash = (algorithm: 'sha1' | 'md5', content: Buffer) =>
  createHash(algorithm).update(content).digest('hex');

async function keep(controller: Controller, dest: string, content: Buffer): Promise<boolean> {
  const before = await controller.read(dest).catch(() => undefined);
  if (before?.equals(content) === true) return false;
  await controller.write(dest, content);
  return true;
}

const MISSING: Readonly<Record<Unreadable, string>> = {
  missing: 'the remote file does not exist, not transferring, ignored',
  unreadable: 'the remote file is not readable, not transferring, ignored',
  directory: 'remote file is a directory, fetch cannot work on directories',
};

export const fetch = defineModule({
  name: 'fetch',
  summary: 'Copies a file of the machine to this one.',
  options: {
    src: { type: 'path', required: true, help: 'The file on the machine.' },
    dest: { type: 'str', required: true, help: 'A folder of this machine; the file goes to DEST/HOST/PATH.' },
    flat: {
      type: 'bool',
      default: false,
      help: 'dest is the file itself, or with a slash at its end its folder.',
    },
    fail_on_missing: { type: 'bool', default: true, help: 'Fail when there is no such file.' },
    validate_checksum: {
      type: 'bool',
      default: true,
      help: 'Without effect: what does not arrive whole is a failure.',
    },
  },
  examples: `
- fetch:
    src: /etc/hostname
    dest: fetched
`,
  returns: {
    dest: 'The file on this machine.',
    checksum: 'SHA-1 of the content.',
    remote_checksum: 'The same.',
    md5sum: 'MD5 of the content.',
    file: 'The file on the machine, when nothing was copied.',
  },
  async *run(args, { controller, hostName }) {
    if (controller === undefined)
      throw new ModuleError(
        'refused: fetch would write a file of the machine that runs this playbook; use slurp to read the file',
      );
    let read: { content: Buffer; source: string } | undefined;
    let result: ModuleResult = { changed: false };
    const plan = readFile({
      ...{ path: args.src, option: 'src' },
      then(content, source) {
        read = { content, source };
        return done(result);
      },
      otherwise(why, file) {
        if (args.fail_on_missing) return failure(MISSING[why].replace(', ignored', ''), { file });
        return done({ changed: false, msg: MISSING[why], returns: { file } });
      },
    });
    let step = plan.interpret(yield plan);
    while ('plan' in step) step = step.plan.interpret(yield step.plan);
    if (read === undefined) return step.result;
    const { content, source } = read;
    const dest = destination(args.dest, { source, host: hostName, flat: args.flat });
    const changed = await keep(controller, dest, content);
    const checksum = hash('sha1', content);
    const sums = { dest, checksum, md5sum: hash('md5', content) };
    result = {
      changed,
      returns: changed
        ? { ...sums, remote_checksum: checksum, remote_md5sum: null }
        : { ...sums, file: source },
    };
    return result;
  },
});
