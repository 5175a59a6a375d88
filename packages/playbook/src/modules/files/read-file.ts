import { plain, type Str } from '@tenon/jinja/text';
import { pathWord } from '../../shell/path-word.js';
import { quote } from '../../shell/quote.js';
import { failure, NEXT, type Plan, type Step } from '../module.js';
import { firstPart, PART_BYTES, restOf } from './read-parts.js';

/** Why a file cannot be read. */
export type Unreadable = 'missing' | 'unreadable' | 'directory';

/** A file of the machine that is read to its end. */
export interface FileToRead {
  readonly path: Str;
  /** The option that names it. */
  readonly option: string;
  /** What to do with the content. `path` is where it was found, with `~` and variables replaced. */
  readonly then: (content: Buffer, path: string) => Step;
  readonly otherwise: (why: Unreadable, path: string) => Step;
}

/** Reads a file in one trip, or in as many as its size needs. */
export function readFile({ path, option, then, otherwise }: FileToRead): Plan {
  const refuse = (test: string, why: Unreadable) => `${test} || { printf '${why}\\0%s\\0' "$d"; exit 1; }; `;
  return {
    script:
      `d=${pathWord(path, option)}; ${refuse('[ -e "$d" ]', 'missing')}${refuse('[ ! -d "$d" ]', 'directory')}` +
      `${refuse('[ -r "$d" ]', 'unreadable')}printf 'content\\0%s\\0' "$d"; ${firstPart}` +
      `[ "$(stat -Lc %s -- "$d")" -le ${PART_BYTES} ] || exit ${NEXT}`,
    interpret(output) {
      const [status, place = ''] = output.stdout.toString('latin1').split('\0', 2);
      const found = Buffer.from(place, 'latin1').toString();
      if (status === 'content') {
        const part = output.stdout.subarray(status.length + place.length + 2);
        return restOf(quote(found), part, `read ${found}`, (content) => then(content, found));
      }
      if (status === 'missing' || status === 'directory' || status === 'unreadable')
        return otherwise(status, found);
      return failure(`cannot read ${plain(path)}: ${output.stderr.toString().trim()}`);
    },
  };
}
