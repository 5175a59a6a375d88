const MASK = '********';

/** Shorter values would mask ordinary words. */
const SHORTEST_SECRET = 6;

/** What looks like a secret wherever it comes from; the first group is kept. */
const PATTERNS: readonly RegExp[] = [
  /()-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g,
  /(\b(?:[\w-]*(?:password|passwd|passphrase|secret|token|api_?key|private_?key)["']?\s*[=:]\s*["']?))[^\s"',;&]+/gi,
  /(--?(?:password|passwd|passphrase|secret|token|api-?key)[= ])[^\s"']+/gi,
  /(\bauthorization["']?\s*[:=]\s*["']?(?:basic|bearer)\s+)[^\s"']+/gi,
  /(\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@]*:)[^\s@/]+(?=@)/gi,
];

const SECRET_NAME = /pass(?:word|wd|phrase)|secret|token|api_?key|private_?key/i;

/** Makes plain data safe to store: a copy in which secrets are masked. */
export type Redact = <T>(value: T) => T;

/**
 * A redactor that knows these secrets by value, and others by their look: private keys, `password=…`, values under a name such
 * as `db_password`, credentials in URLs. A secret of several lines is masked line by line too, as output may be wrapped in
 * JSON or cut.
 */
export function createRedactor(secrets: readonly string[]): Redact {
  const values = [...new Set(secrets.flatMap(formsOf))].sort((a, b) => b.length - a.length);
  const text = (value: string): string => {
    const known = values.reduce((masked, secret) => masked.replaceAll(secret, MASK), value);
    return PATTERNS.reduce((masked, pattern) => masked.replace(pattern, `$1${MASK}`), known);
  };
  const deep = (value: unknown, name: string): unknown => {
    if (typeof value === 'string') return SECRET_NAME.test(name) && value !== '' ? MASK : text(value);
    if (Array.isArray(value)) return value.map((item: unknown) => deep(item, name));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [text(key), deep(item, key)]));
  };
  // The shape stays; only texts inside it change.
  return <T>(value: T) => deep(value, '') as T;
}

function formsOf(secret: string): string[] {
  const escaped = JSON.stringify(secret).slice(1, -1);
  const base64 = Buffer.from(secret).toString('base64');
  return [secret, escaped, base64, ...secret.split(/\r?\n/)].map((form) => form.trim()).filter(isLongEnough);
}

function isLongEnough(form: string): boolean {
  return form.length >= SHORTEST_SECRET && !/^-----(?:BEGIN|END) /.test(form);
}
