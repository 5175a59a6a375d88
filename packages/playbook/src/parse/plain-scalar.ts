import { PyFloat, type Value } from '@tenon/jinja/values';
import { timestampText } from './yaml-timestamp.js';

const TRUE = /^(?:yes|Yes|YES|true|True|TRUE|on|On|ON)$/;
const FALSE = /^(?:no|No|NO|false|False|FALSE|off|Off|OFF)$/;
const NULL = /^(?:~|null|Null|NULL|)$/;
const INTEGER =
  /^(?:[-+]?0b[0-1_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+|[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+)$/;
const FLOAT =
  /^(?:[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;

function sexagesimal(digits: string): number {
  return digits.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
}

function integer(text: string): number | bigint {
  const digits = text.replaceAll('_', '').replace(/^[-+]/, '');
  const sign = text.startsWith('-') ? -1 : 1;
  if (digits.includes(':')) return sign * sexagesimal(digits);
  const octal = /^0[0-7]+$/.test(digits);
  const value = BigInt(octal ? `0o${digits.slice(1)}` : digits);
  const signed = BigInt(sign) * value;
  return Number.isSafeInteger(Number(signed)) ? Number(signed) + 0 : signed;
}

function float(text: string): PyFloat {
  const digits = text.replaceAll('_', '').toLowerCase().replace(/^[-+]/, '');
  const sign = text.startsWith('-') ? -1 : 1;
  if (digits === '.inf') return new PyFloat(sign * Infinity);
  if (digits === '.nan') return new PyFloat(NaN);
  return new PyFloat(sign * (digits.includes(':') ? sexagesimal(digits) : Number(digits)));
}

/**
 * What an unquoted word means in YAML 1.1 as PyYAML 6 reads it: `yes` is a bool but `y` is a string, 0644 is
 * 420, 1:30 is 90, `1e3` is a string. No library agrees with it (measured: `yaml` 2.9 makes `y` and `1e3`
 * something else). Dates are strings, as Ansible prints them.
 */
export function plainScalar(text: string): Value {
  if (TRUE.test(text)) return true;
  if (FALSE.test(text)) return false;
  if (NULL.test(text)) return null;
  if (INTEGER.test(text)) return integer(text);
  return FLOAT.test(text) ? float(text) : (timestampText(text) ?? text);
}
