/** How PyYAML writes a text: as it is, in single quotes, or in double quotes. */
type ScalarStyle = 'plain' | 'single' | 'double';

const BREAKS = '\n\u0085\u2028\u2029';
const BLANKS = `\0 \t\r${BREAKS}`;

/** Texts that YAML 1.1 would read as something else than a text (PyYAML's implicit resolvers). */
const RESOLVED = [
  /^(?:yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF)$/,
  /^(?:[-+]?(?:\d[\d_]*)\.[\d_]*(?:[eE][-+]\d+)?|\.\d[\d_]*(?:[eE][-+]\d+)?|[-+]?\d[\d_]*(?::[0-5]?\d)+\.[\d_]*|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/,
  /^(?:[-+]?0b[01_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][\d_]*)|[-+]?0x[\da-fA-F_]+|[-+]?[1-9][\d_]*(?::[0-5]?\d)+)$/,
  /^(?:<<|=|~|null|Null|NULL|)$/,
  /^(?:\d{4}-\d\d-\d\d|\d{4}-\d\d?-\d\d?(?:[Tt]|[ \t]+)\d\d?:\d\d:\d\d(?:\.\d*)?(?:[ \t]*(?:Z|[-+]\d\d?(?::\d\d)?))?)$/,
];

interface Findings {
  /** Characters that mean something inside `[ ]` and `{ }`, and everywhere. */
  flowIndicator: boolean;
  blockIndicator: boolean;
}

function indicatorsAt(text: string, index: number, found: Findings): void {
  const character = text.charAt(index);
  const isBlankNext = index + 1 >= text.length || BLANKS.includes(text.charAt(index + 1));
  const everywhere =
    index === 0
      ? '#,[]{}&*!|>\'"%@`'.includes(character) || ('?:-'.includes(character) && isBlankNext)
      : (character === ':' && isBlankNext) || (character === '#' && BLANKS.includes(text.charAt(index - 1)));
  const inFlow = index === 0 ? '?:'.includes(character) : ',?[]{}:'.includes(character);
  found.blockIndicator ||= everywhere;
  found.flowIndicator ||= everywhere || inFlow;
}

function indicators(text: string): Findings {
  const isDocumentMark = text.startsWith('---') || text.startsWith('...');
  const found = { flowIndicator: isDocumentMark, blockIndicator: isDocumentMark };
  for (let index = 0; index < text.length; index += 1) indicatorsAt(text, index, found);
  return found;
}

const hasBreak = (text: string): boolean => /[\n\u0085\u2028\u2029]/.test(text);
const isPrintable = (text: string): boolean =>
  /^[\n\x20-\x7e\u0085\u00a0-\ud7ff\ue000-\ufefe\uff00-\ufffd]*$/u.test(text);

/** The style for a text at a place: inside a flow collection, as a key. */
export function scalarStyle(text: string, place: { inFlow: boolean; isKey: boolean }): ScalarStyle {
  const { flowIndicator, blockIndicator } = indicators(text);
  const isMultiline = hasBreak(text);
  const isSpecial = !isPrintable(text) || / [\n\u0085\u2028\u2029]/.test(text);
  const hasBreakSpace = /[\n\u0085\u2028\u2029] /.test(text);
  const isTrimmed = !/^[ \n\u0085\u2028\u2029]|[ \n\u0085\u2028\u2029]$/.test(text);
  const isReadBack = !RESOLVED.some((pattern) => pattern.test(text));
  const isPlain =
    isReadBack && isTrimmed && !isMultiline && !isSpecial && !(place.inFlow ? flowIndicator : blockIndicator);
  if (isPlain) return 'plain';
  return isSpecial || hasBreakSpace || (place.isKey && isMultiline) ? 'double' : 'single';
}
