const SPECIAL = new Map([
  ['NaN', 'nan'],
  ['Infinity', 'inf'],
  ['-Infinity', '-inf'],
]);

/**
 * A float as Python prints it: the shortest digits that read back, a point always (`1.0`), and an
 * exponent of at least two digits below 1e-4 and from 1e16 on.
 */
export function floatText(value: number): string {
  const special = SPECIAL.get(String(value));
  if (special !== undefined) return special;
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  const [mantissa = '0', power = '0'] = Math.abs(value).toExponential().split('e');
  const exponent = Number(power);
  const digits = mantissa.replace('.', '');
  return sign + (exponent >= -4 && exponent < 16 ? fixed(digits, exponent) : scientific(digits, exponent));
}

function fixed(digits: string, exponent: number): string {
  if (exponent < 0) return `0.${'0'.repeat(-exponent - 1)}${digits}`;
  const padded = digits.padEnd(exponent + 1, '0');
  return `${padded.slice(0, exponent + 1)}.${padded.slice(exponent + 1) || '0'}`;
}

function scientific(digits: string, exponent: number): string {
  const rest = digits.length > 1 ? `.${digits.slice(1)}` : '';
  const size = String(Math.abs(exponent)).padStart(2, '0');
  return `${digits[0] ?? '0'}${rest}e${exponent < 0 ? '-' : '+'}${size}`;
}
