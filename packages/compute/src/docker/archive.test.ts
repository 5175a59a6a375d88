import { describe, expect, it } from 'vitest';
import { extract } from 'tar-stream';
import { archiveOf } from './archive.js';

describe('an archive', () => {
  it('holds root’s files with their modes, relative to the root folder', async () => {
    const entries = extract();
    entries.end(await archiveOf([{ path: '/etc/ssh/key', content: 'secret\n', mode: 0o600 }]));

    const found = [];
    for await (const entry of entries) {
      const { name, mode, uid, gid, size } = entry.header;
      found.push({ name, mode, uid, gid, size });
      entry.resume();
    }

    expect(found).toEqual([{ name: 'etc/ssh/key', mode: 0o600, uid: 0, gid: 0, size: 7 }]);
  });
});
