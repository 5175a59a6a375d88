import type { RemoteOutput } from '../../transport/transport.js';
import type { AptWork } from './apt-script.js';
import { done, failure, type Diff, type Step } from '../module.js';
import { splitLines } from '../commands/output-text.js';
import { readFields, type Fields } from '../script-fields.js';

/** The lines in which apt says what is wrong, without the noise around them. */
function aptReason(log: string): string {
  const lines = log.split('\n').filter((line) => /^(?:E|Err|W):|unmet dependencies|dpkg: error/.test(line));
  return lines.slice(0, 5).join('; ') || log.trim().split('\n').slice(-3).join('; ');
}

/** Ansible's sentences for what playbook authors meet most. */
function sentenceFor(why: string, { packages }: AptWork): string | undefined {
  const [, unknown] = /^E: Unable to locate package (\S+)/m.exec(why) ?? [];
  if (unknown !== undefined) return `No package matching '${unknown}' is available`;
  const missing =
    /^E: (?:Package '([^']+)' has no installation candidate|Version '[^']*' for '([^']+)' was not found)/m.exec(
      why,
    );
  if (missing === null) return undefined;
  const name = missing[1] ?? missing[2] ?? '';
  const written = packages.find((wanted) => wanted.name === name)?.written ?? name;
  return `no available installation candidate for ${written}`;
}

const outputs = (fields: Fields) => {
  const [stdout, stderr] = [fields.get('stdout') ?? '', fields.get('stderr') ?? ''];
  return { stdout, stderr, stdout_lines: splitLines(stdout), stderr_lines: splitLines(stderr) };
};

/** What apt-get plans, as `--diff` shows it: from its plan to its summary. */
function planOf(log: string): Diff {
  const lines = log.split('\n');
  const end = lines.findIndex((line) => /^\d+ upgraded/.test(line));
  const start = lines.indexOf('Reading state information...');
  return { before: '', after: lines.slice(start + 1, end < 0 ? undefined : end + 1).join('\n') };
}

function troubleResult(trouble: string, fields: Fields, work: AptWork): Step {
  const { stdout, stderr } = outputs(fields);
  const said = `${stdout}\n${stderr}`;
  return failure(sentenceFor(said, work) ?? `${trouble}: ${aptReason(said)}`, {
    rc: Number(fields.get('rc')),
    ...outputs(fields),
  });
}

const hasPackages = ({ args, packages, all }: AptWork) =>
  packages.length > 0 || all || args.deb !== undefined || args.upgrade !== 'no';

/** The result of the script of apt. Throws ModuleError when apt could not even be started. */
export function aptResult(output: RemoteOutput, work: AptWork, diffMode: boolean): Step {
  const fields = readFields(output, 'run apt');
  const trouble = fields.get('trouble');
  if (trouble !== undefined) return troubleResult(trouble, fields, work);
  const [changed, updated] = [fields.get('changed') === '1', fields.get('updated') === '1'];
  const hasRun = (fields.get('stdout') ?? '') !== '';
  return done({
    // With packages, fresh lists alone are no change (Ansible 2.14).
    changed: changed || (updated && !hasPackages(work)),
    returns: {
      cache_updated: updated,
      cache_update_time: Number(fields.get('time')),
      ...(hasRun && outputs(fields)),
    },
    ...(diffMode && changed && { diff: planOf(fields.get('stdout') ?? '') }),
  });
}
