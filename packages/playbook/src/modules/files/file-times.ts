import { plain, type Str } from '@tenon/jinja/text';
import { OperandError } from '@tenon/jinja/errors';
import { strptime } from '@tenon/jinja/dates/strptime';
import { quote } from '../../shell/quote.js';
import { ModuleError } from '../module.js';

/** What a file's time should be: left alone, the present, or `YYYY-MM-DD hh:mm:ss` in the machine's own time zone. */
export type FileTime = 'preserve' | 'now' | { readonly local: string };

/** Reads `access_time` and `modification_time`. Throws ModuleError for a time that does not have the format. */
export function readTime(time: Str | undefined, format: Str, otherwise: 'now' | 'preserve'): FileTime {
  const text = time === undefined ? otherwise : plain(time);
  if (text === 'now' || text === 'preserve') return text;
  try {
    const { year, month, day, hour, minute, second } = strptime(text, plain(format));
    const two = (value: number) => String(value).padStart(2, '0');
    const date = `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
    return { local: `${date} ${two(hour)}:${two(minute)}:${two(second)}` };
  } catch (error) {
    if (!(error instanceof OperandError)) throw error;
    throw new ModuleError(
      `Error while obtaining timestamp for time ${text} using format ${plain(format)}: ${error.problem}; ${error.remedy}`,
    );
  }
}

function step(option: '-a' | '-m', time: FileTime, { checkMode, link }: Treatment): string {
  if (time === 'preserve') return '';
  const touch = `touch -c${link ? 'h' : ''} ${option}`;
  const act = (more: string) =>
    checkMode
      ? ''
      : `m=$(${touch} ${more}-- "$f" 2>&1) || report failed "Error while updating modification or access time: $m"; `;
  if (time === 'now') return `${act('')}c=1; `;
  const name = option === '-a' ? 'atime' : 'mtime';
  const format = option === '-a' ? '%.9X' : '%.9Y';
  return (
    `z=$(date -d ${quote(time.local)} +%s) || report failed "cannot read the time ${time.local}"; ` +
    `y=$(stat ${link ? '' : '-L '}-c ${format} -- "$f"); [ "$y" = "$z.000000000" ] || { ${act('-d "@$z" ')}c=1; w="$w ${name}=$y>$z.0"; }; `
  );
}

interface Treatment {
  readonly checkMode: boolean;
  /** The link itself. */
  readonly link: boolean;
}

/** Script text that brings `$f` to its times; `now` always changes them. */
export function timeSteps(times: { access: FileTime; modification: FileTime }, treatment: Treatment): string {
  return step('-a', times.access, treatment) + step('-m', times.modification, treatment);
}
