import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { toJson } from '@tenon/jinja/python/json';
import { isStr, plain } from '@tenon/jinja/text';
import { toJs, type Str, type Value } from '@tenon/jinja/values';
import { ModuleError, type ModuleContext } from '../module.js';
import type { FileToPut } from './put-file.js';
import { localMode, walkFolder, type FolderEntry } from './walk-folder.js';

/** What `copy` copies: one file, or a folder beside the playbook. */
export type CopySource =
  | (Pick<FileToPut, 'content' | 'name' | 'returns'> & {
      readonly shownAs?: string;
      /** Octal digits, of a file beside the playbook. */
      readonly mode?: string;
    })
  | { readonly entries: readonly FolderEntry[]; readonly name: string; readonly src: string };

/** A dictionary or list is written as JSON, in Python's spelling. */
function contentBytes(content: Value): Buffer {
  if (isStr(content)) return Buffer.from(plain(content));
  return Buffer.from(
    typeof content === 'object' && content !== null ? plain(toJson(content)) : plain(String(toJs(content))),
  );
}

async function readBeside(src: Str, localFollow: boolean, context: ModuleContext): Promise<CopySource> {
  const path = await context.folder.find(src, 'files');
  const returns = { src: plain(src) };
  if ((await stat(path)).isDirectory()) {
    const contentsOnly = plain(src).endsWith('/');
    const entries = await walkFolder(path, context.folder, localFollow);
    const name = contentsOnly ? '' : basename(plain(src));
    const itself = name === '' && entries.length > 0 ? [] : [{ kind: 'folder' as const, name: '' }];
    return { entries: [...itself, ...entries], name, src: plain(src) };
  }
  const bytes = await context.folder.read(path);
  return { content: { bytes }, name: basename(path), returns, shownAs: path, mode: await localMode(path) };
}

/** Throws ModuleError when there is not exactly one source, or its checksum is not the one that is expected. */
export async function readCopySource(
  args: {
    content: Value | undefined;
    src: Str | undefined;
    dest: Str;
    remote_src: boolean;
    local_follow: boolean;
    checksum: Str | undefined;
  },
  context: ModuleContext,
): Promise<CopySource> {
  const { content, src } = args;
  if (content !== undefined && src !== undefined)
    throw new ModuleError('src and content are mutually exclusive; copy takes one, not both');
  if (content !== undefined) {
    if (plain(args.dest).endsWith('/')) throw new ModuleError('can not use content with a dir as dest');
    return checked(
      { content: { bytes: contentBytes(content) }, name: undefined, returns: {} },
      args.checksum,
    );
  }
  if (src === undefined) throw new ModuleError('src (or content) is required');
  if (args.remote_src)
    return { content: { remotePath: src }, name: basename(plain(src)), returns: { src: plain(src) } };
  return checked(await readBeside(src, args.local_follow, context), args.checksum);
}

function checked(source: CopySource, checksum: Str | undefined): CopySource {
  if (checksum === undefined || !('content' in source) || !('bytes' in source.content)) return source;
  const actual = createHash('sha1').update(source.content.bytes).digest('hex');
  if (actual === plain(checksum)) return source;
  throw new ModuleError(
    `Copied file does not match the expected checksum. Transfer failed. (it is ${actual}, not ${plain(checksum)})`,
  );
}
