import { buffer } from 'node:stream/consumers';
import { pack } from 'tar-stream';

/** A file to be written by root, at an absolute path. */
export interface ArchiveFile {
  path: string;
  content: string | Buffer;
  /** Permission bits. */
  mode: number;
}

/** A tar archive of files owned by root, for an upload relative to `/`. Times are fixed: the same files give the same bytes. */
export async function archiveOf(files: readonly ArchiveFile[]): Promise<Buffer> {
  const archive = pack();
  for (const file of files) {
    archive.entry(
      { name: file.path.replace(/^\/+/, ''), mode: file.mode, uid: 0, gid: 0, mtime: new Date(0) },
      file.content,
    );
  }
  archive.finalize();
  return buffer(archive);
}
