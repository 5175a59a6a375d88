import { plain } from '@tenon/jinja/text';
import { pyStr, type Value } from '@tenon/jinja/values';
import { ModuleError } from '../module.js';

const OCTAL = /^0*[0-7]{1,4}$/;
const SYMBOLIC = /^[ugoa]*(?:[-+=][rwxXstugo]*)+(?:,[ugoa]*(?:[-+=][rwxXstugo]*)+)*$/;

/** The permissions of the source, which the script has put into `$keep`. */
export const PRESERVE = 'preserve';

/** A mode as a playbook writes it: YAML has read 0644 as 420 already. Throws ModuleError for what is none. */
export function readMode(mode: Value): string {
  if (typeof mode === 'number') return mode.toString(8);
  const text = plain(pyStr(mode)).trim();
  if (OCTAL.test(text)) return Number.parseInt(text, 8).toString(8);
  if (SYMBOLIC.test(text) || text === PRESERVE) return text;
  throw new ModuleError(
    `mode must be in octal or symbolic form, like '0644' or u=rw,g=r, not ${JSON.stringify(text)}`,
  );
}

interface Who {
  readonly shift: number;
  /** What `s` means for it. */
  readonly setId: number;
  readonly sticky: number;
}

const WHO: Readonly<Record<string, Who>> = {
  u: { shift: 6, setId: 0o4000, sticky: 0 },
  g: { shift: 3, setId: 0o2000, sticky: 0 },
  o: { shift: 0, setId: 0, sticky: 0o1000 },
};

const BITS: Readonly<Record<string, number>> = { r: 4, w: 2, x: 1 };

/** An arithmetic expression for what `letters` mean for one class of users; $y is the mode before, $X 1 when X applies. */
function bitsOf(written: string, { shift, setId, sticky }: Who, masked: boolean): string {
  const letters = written.split(/(?:)/);
  const fixed = letters.reduce((sum, letter) => sum | ((BITS[letter] ?? 0) << shift), 0);
  const special = (letters.includes('s') ? setId : 0) | (letters.includes('t') ? sticky : 0);
  const terms = [
    String(fixed),
    ...(letters.includes('X') ? [`(X << ${shift})`] : []),
    ...letters.flatMap((letter) => {
      const copied = WHO[letter];
      return copied === undefined ? [] : [`((y >> ${copied.shift} & 7) << ${shift})`];
    }),
  ];
  const bits = `(${terms.join(' | ')})`;
  return `(${masked ? `(${bits} & ~U)` : bits} | ${special})`;
}

function clause(text: string): string {
  const [, users = '', actions = ''] = /^([ugoa]*)(.*)$/.exec(text) ?? [];
  const classes = users === '' || users.includes('a') ? 'ugo' : users;
  let script = '';
  for (const [, operator, letters = ''] of actions.matchAll(/([-+=])([rwxXstugo]*)/g)) {
    for (const user of classes) {
      const who = WHO[user];
      if (who === undefined) continue;
      const bits = bitsOf(letters, who, users === '');
      const own = (7 << who.shift) | who.setId | who.sticky;
      if (operator === '+') script += `x=$((x | ${bits})); `;
      else if (operator === '-') script += `x=$((x & ~${bits})); `;
      else script += `x=$((x & ~${own} | ${bits})); `;
    }
  }
  return script;
}

/**
 * Script text that puts into `$x` (a number) what a mode makes of `$f`, whose octal mode is `$1`. The sums are done by
 * the shell, so that whether something changes is known without a process, in check mode too (Ansible 2.14's rules: `X` and
 * copies look at the mode before the change).
 */
export function wantedMode(mode: string): string {
  if (mode === PRESERVE) return 'x=$((0$keep)); ';
  if (/^[0-7]+$/.test(mode)) return `x=${Number.parseInt(mode, 8)}; `;
  const umask = /(?:^|,)[-+=]/.test(mode) ? 'U=$(umask); U=$((0$U)); ' : '';
  const execute = mode.includes('X') ? '{ [ -d "$f" ] || [ $((y & 73)) != 0 ]; } && X=1 || X=0; ' : '';
  return `x=$((0$1)); y=$x; ${umask}${execute}${mode.split(',').map(clause).join('')}`;
}
