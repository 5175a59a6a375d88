/** toFixed rounds a tie up where Python rounds it to the even digit; only exact ties differ. */
function fixed(value: number, precision: number): string {
  const digits = Math.min(precision, 100);
  if (value >= 1e21)
    return precision > 0 ? `${BigInt(value)}.${'0'.repeat(precision)}` : String(BigInt(value));
  const scaled = value * 10 ** digits;
  const isTie =
    digits <= 15 && scaled % 1 === 0.5 && scaled / 10 ** digits === value && isDyadic(value, digits);
  const rounded = isTie
    ? (Math.floor(scaled) % 2 === 0 ? Math.floor(scaled) : Math.ceil(scaled)) / 10 ** digits
    : value;
  return rounded.toFixed(digits).padEnd(0);
}

/** Whether a decimal tie at this many digits is exact: its double has few enough binary places. */
function isDyadic(value: number, digits: number): boolean {
  return (value * 2 ** (digits + 1)) % 1 === 0;
}

function exponent(value: number, precision: number): string {
  const [mantissa = '', power = '0'] = value.toExponential(Math.min(precision, 100)).split('e');
  const size = String(Math.abs(Number(power))).padStart(2, '0');
  return `${mantissa}e${Number(power) < 0 ? '-' : '+'}${size}`;
}

function general(value: number, precision: number, keepZeros: boolean): string {
  const significant = Math.max(1, precision);
  if (value === 0) return '0';
  const power = Number(value.toExponential(Math.min(significant - 1, 100)).split('e')[1]);
  const isFixed = power >= -4 && power < significant;
  const text = isFixed ? fixed(value, significant - 1 - power) : exponent(value, significant - 1);
  if (keepZeros) return text;
  const [digits = '', tail] = text.split('e');
  const short = digits.includes('.') ? digits.replace(/\.?0+$/, '') : digits;
  return tail === undefined ? short : `${short}e${tail}`;
}

const styles: Record<string, (value: number, precision: number, keepZeros: boolean) => string> = {
  f: fixed,
  e: exponent,
  g: general,
};

/** A float ≥ 0 in C's style f, e or g (upper case for upper case letters). */
export function formatFloat(value: number, style: string, precision: number, keepZeros = false): string {
  const special = Number.isNaN(value) ? 'nan' : 'inf';
  const result = Number.isFinite(value)
    ? styles[style.toLowerCase()]?.(value, precision, keepZeros)
    : special;
  const text = result ?? String(value);
  return style === style.toUpperCase() ? text.toUpperCase() : text;
}
