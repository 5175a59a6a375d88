/** What a line means; a terminal shows it as a colour. */
export type Ink =
  | 'ok'
  | 'changed'
  | 'error'
  | 'skip'
  | 'unreachable'
  | 'warn'
  | 'deprecate'
  | 'debug'
  | 'verbose'
  | 'added'
  | 'removed'
  | 'lines';

/** SGR parameters; the colours are Ansible's defaults. */
const CODES: Readonly<Record<Ink, string>> = {
  ok: '0;32',
  changed: '0;33',
  error: '0;31',
  skip: '0;36',
  unreachable: '1;31',
  warn: '1;35',
  deprecate: '0;35',
  debug: '1;30',
  verbose: '0;34',
  added: '0;32',
  removed: '0;31',
  lines: '0;36',
};

/** The text in its colour. Each line has its own codes, so that a pager that cuts lines keeps the colours. */
export function paint(text: string, ink: Ink): string {
  return text
    .split('\n')
    .map((line) => `\u001b[${CODES[ink]}m${line}\u001b[0m`)
    .join('\n');
}
