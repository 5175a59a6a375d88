import { randomBytes } from 'node:crypto';
import { basename, extname } from 'node:path';
import { isStr, plain, type Str } from '@tenon/jinja/text';
import { pyStr, type Value } from '@tenon/jinja/values';
import { ModuleError } from '../module.js';

/** Types by the end of a file's name, where the playbook names none. */
const TYPES: Readonly<Record<string, string>> = {
  ...{
    '.css': 'text/css',
    '.csv': 'text/csv',
    '.htm': 'text/html',
    '.html': 'text/html',
    '.txt': 'text/plain',
  },
  ...{ '.gif': 'image/gif', '.jpeg': 'image/jpeg', '.jpg': 'image/jpeg', '.png': 'image/png' },
  ...{
    '.json': 'application/json',
    '.pdf': 'application/pdf',
    '.xml': 'text/xml',
    '.zip': 'application/zip',
  },
};

/** One part of a form. */
interface Part {
  readonly name: string;
  readonly type: string;
  readonly fileName: string | undefined;
  readonly content: Buffer;
}

/** Gives a file that the playbook names. */
type ReadFile = (name: Str) => Promise<Buffer>;

function textIn(value: ReadonlyMap<Value, Value>, key: string): Str | undefined {
  const text = value.get(key) ?? null;
  return text === null || text === '' ? undefined : pyStr(text);
}

async function partOf(name: string, value: Value, read: ReadFile): Promise<Part> {
  if (isStr(value))
    return { name, type: 'text/plain', fileName: undefined, content: Buffer.from(plain(value)) };
  if (!(value instanceof Map))
    throw new ModuleError(
      `failed to parse body as form-multipart: ${name} is neither a text nor a dictionary with filename or content`,
    );
  const [file, content, type] = ['filename', 'content', 'mime_type'].map((key) => textIn(value, key));
  if (file === undefined && content === undefined)
    throw new ModuleError(
      'failed to parse body as form-multipart: at least one of filename or content must be provided',
    );
  const fileName = file === undefined ? undefined : basename(plain(file));
  return {
    ...{ name, fileName },
    type: type === undefined ? (TYPES[extname(fileName ?? '')] ?? 'application/octet-stream') : plain(type),
    content:
      content !== undefined || file === undefined ? Buffer.from(plain(content ?? '')) : await read(file),
  };
}

/** A value of a header's parameter, as browsers write it (WHATWG, multipart/form-data). */
function parameter(text: string): string {
  return `"${text.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A')}"`;
}

function written({ name, type, fileName, content }: Part, boundary: string): Buffer {
  const file = fileName === undefined ? '' : `; filename=${parameter(fileName)}`;
  const head =
    `--${boundary}\r\nContent-Disposition: form-data; name=${parameter(name)}${file}\r\n` +
    `Content-Type: ${type.replaceAll(/[\r\n]/g, '')}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), content, Buffer.from('\r\n')]);
}

/**
 * A form with files in it (RFC 7578), its fields in the order of their names. A field is a text, or a dictionary with `filename` (a
 * file beside the playbook, unless there is `content`), `content` and `mime_type`. Throws ModuleError for anything else.
 */
export async function multipartBody(
  body: Value | undefined,
  read: ReadFile,
): Promise<{ content: Buffer; contentType: string }> {
  if (!(body instanceof Map))
    throw new ModuleError('failed to parse body as form-multipart: a dictionary of fields is required');
  const fields = [...body].map(([name, value]) => [plain(pyStr(name)), value] as const);
  fields.sort(([a], [b]) => (a < b ? -1 : 1));
  const boundary = `tenon-${randomBytes(16).toString('hex')}`;
  const parts: Buffer[] = [];
  for (const [name, value] of fields) parts.push(written(await partOf(name, value, read), boundary));
  return {
    content: Buffer.concat([...parts, Buffer.from(`--${boundary}--\r\n`)]),
    contentType: `multipart/form-data; boundary=${boundary}`,
  };
}
