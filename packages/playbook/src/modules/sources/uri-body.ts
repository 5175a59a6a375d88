import { isStr, plain } from '@tenon/jinja/text';
import { toJson } from '@tenon/jinja/python/json';
import { pyStr, type Value } from '@tenon/jinja/values';
import { ModuleError } from '../module.js';

/** A body and the kind of content that it is. */
export interface UriBody {
  readonly content: Buffer | undefined;
  readonly contentType: string | undefined;
}

/** As a form sends it: blanks are plus signs. */
function formText(text: string): string {
  return encodeURIComponent(text)
    .replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+');
}

function pairsOf(body: Value): (readonly [Value, Value])[] {
  if (body instanceof Map) return [...body];
  if (Array.isArray(body))
    return body.map((pair) => {
      if (Array.isArray(pair) && pair.length === 2) return [pair[0] ?? null, pair[1] ?? null] as const;
      throw new ModuleError(
        'failed to parse body as form_urlencoded: expect a list of pairs or a dictionary',
      );
    });
  throw new ModuleError(
    'failed to parse body as form_urlencoded: cannot form-urlencode body, expect list or dict',
  );
}

function form(body: Value): string {
  return pairsOf(body)
    .flatMap(([name, value]) => (Array.isArray(value) ? value : [value]).map((each) => [name, each] as const))
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `${formText(plain(pyStr(name)))}=${formText(plain(pyStr(value)))}`)
    .join('&');
}

/** The body of a request. A text is taken as it is. Throws ModuleError for what the format cannot hold. */
export function readBody(body: Value | undefined, format: string): UriBody {
  const contentType =
    format === 'json'
      ? 'application/json'
      : format === 'form-urlencoded'
        ? 'application/x-www-form-urlencoded'
        : undefined;
  if (body === undefined) return { content: undefined, contentType };
  if (isStr(body)) return { content: Buffer.from(plain(body)), contentType };
  if (format === 'json') return { content: Buffer.from(plain(toJson(body))), contentType };
  if (format === 'form-urlencoded') return { content: Buffer.from(form(body)), contentType };
  return { content: Buffer.from(plain(pyStr(body))), contentType };
}
