const TIMESTAMP =
  /^(\d{4})-(\d\d?)-(\d\d?)(?:[Tt]|[ \t]+)(\d\d?):(\d\d):(\d\d)(?:\.(\d*))?(?:[ \t]*(Z|([-+])(\d\d?)(?::(\d\d))?))?$/;

const two = (digits: string): string => digits.padStart(2, '0');

/**
 * A moment of YAML 1.1 as Ansible prints it (Python's `str` of a datetime); undefined when the text is none. A date
 * alone prints as it is written.
 */
export function timestampText(text: string): string | undefined {
  const found = TIMESTAMP.exec(text);
  if (found === null) return undefined;
  const [, year = '', month = '', day = '', hour = '', minute = '', second = '', fraction = ''] = found;
  const [zone, sign = '+', zoneHours = '0', zoneMinutes = '00'] = found.slice(8);
  const micros = fraction.slice(0, 6).padEnd(6, '0');
  const moment = `${year}-${two(month)}-${two(day)} ${two(hour)}:${minute}:${second}`;
  const exact = micros === '000000' ? moment : `${moment}.${micros}`;
  return zone === undefined ? exact : `${exact}${sign}${two(zoneHours)}:${zoneMinutes}`;
}
