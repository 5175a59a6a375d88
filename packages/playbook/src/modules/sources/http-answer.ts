/** What a server said. */
export interface HttpAnswer {
  /** -1 without an answer. */
  readonly status: number;
  /** The place that it came from in the end. */
  readonly url: string;
  /** In lower case; `-` as it is. */
  readonly headers: ReadonlyMap<string, string>;
  readonly cookies: ReadonlyMap<string, string>;
  /** As Ansible words it: "OK (12 bytes)", "HTTP Error 404: Not Found". */
  readonly msg: string;
}

/** Fields that a script prints: status, url, headers and errors; each ends with NUL. */
export const answerFields = `printf '%s\\0%s\\0' "$st" "$u"; cat -- "$h/h"; printf '\\0'; cat -- "$h/e"; printf '\\0'; `;

function readHeaders(block: string): {
  headers: Map<string, string>;
  cookies: Map<string, string>;
  reason: string;
} {
  const headers = new Map<string, string>();
  const cookies = new Map<string, string>();
  const [first = '', ...lines] = block.trim().split(/\r?\n/);
  for (const line of lines) {
    const [, name = '', value = ''] = /^([^:\s]+):\s*(.*)$/.exec(line) ?? [];
    if (name === '') continue;
    const key = name.toLowerCase();
    const known = headers.get(key);
    headers.set(key, known === undefined ? value : `${known}, ${value}`);
    const [, cookie, content] = key === 'set-cookie' ? (/^([^=;]+)=([^;]*)/.exec(value) ?? []) : [];
    if (cookie !== undefined) cookies.set(cookie.trim(), content ?? '');
  }
  return { headers, cookies, reason: /^HTTP\/\S+ \d+ ?(.*)$/.exec(first)?.[1] ?? '' };
}

/** Reads answerFields. `size` of the content, in bytes. */
export function readAnswer(fields: readonly string[], size: number): HttpAnswer {
  const [code = '', url = '', text = '', errors = ''] = fields;
  const blocks = text.split(/(?=^HTTP\/)/m);
  const { headers, cookies, reason } = readHeaders(blocks.at(-1) ?? '');
  const isFile = /^(?:file|ftp):/i.test(url) && !/\S/.test(errors);
  const status = Number(code) || (isFile ? 200 : -1);
  const length = headers.get('content-length') ?? (size > 0 ? String(size) : 'unknown');
  const failure = errors
    .replace(/^curl: \(\d+\) /, '')
    .trim()
    .replace(/\s+/g, ' ');
  const msg =
    status === -1
      ? `Request failed: <urlopen error ${failure}>`
      : status >= 300
        ? `HTTP Error ${status}: ${reason}`
        : `OK (${length} bytes)`;
  return { status, url, headers, cookies, msg };
}
