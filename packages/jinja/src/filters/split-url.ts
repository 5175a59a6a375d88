import { Dict } from '../dict.js';
import { OperandError } from '../errors.js';
import { mapText, plain, slice, type Str } from '../text.js';

const URL_PARTS = /^(?:([A-Za-z][A-Za-z\d+.-]*):)?(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/ds;
const NETLOC = /^(?:([^@:]*)(?::([^@]*))?@)?(\[[^\]]*\]|[^:]*)(?::(.*))?$/ds;

/** A group of a match with its taint; null when it took no part. */
function part(source: Str, match: RegExpExecArray | null, group: number): Str | null {
  const range = match?.indices?.[group];
  return range === undefined ? null : slice(source, range[0], range[1]);
}

const lower = (source: Str | null): Str | null => source && mapText(source, (whole) => whole.toLowerCase());

/** Python reads the port only when it is asked for. Throws OperandError for what is no port. */
export function portNumber(digits: string): number {
  if (!/^\d+$/.test(digits)) throw new OperandError(`Port could not be cast to integer value as '${digits}'`);
  if (Number(digits) > 65_535) throw new OperandError('Port out of range 0-65535');
  return Number(digits);
}

/** Python's `urllib.parse.urlsplit`, as Ansible shows it. */
export function splitUrl(source: Str): Dict {
  const url = URL_PARTS.exec(plain(source));
  const netloc = part(source, url, 2) ?? '';
  const place = NETLOC.exec(plain(netloc));
  const host = lower(part(netloc, place, 3));
  const port = part(netloc, place, 4);
  return new Dict(
    Object.entries({
      fragment: part(source, url, 5) ?? '',
      hostname:
        host === null || plain(host) === '' ? null : mapText(host, (whole) => whole.replace(/^\[|\]$/g, '')),
      netloc,
      password: part(netloc, place, 2),
      path: part(source, url, 3) ?? '',
      port: port === null || plain(port) === '' ? null : port,
      query: part(source, url, 4) ?? '',
      scheme: lower(part(source, url, 1)) ?? '',
      username: part(netloc, place, 1),
    }),
  );
}
