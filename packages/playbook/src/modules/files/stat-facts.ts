import { PyFloat } from '@tenon/jinja/values';

const TYPES: Readonly<Record<number, string>> = {
  0o140000: 'issock',
  0o120000: 'islnk',
  0o100000: 'isreg',
  0o060000: 'isblk',
  0o040000: 'isdir',
  0o020000: 'ischr',
  0o010000: 'isfifo',
};

const PERMISSIONS = Object.entries({ usr: 6, grp: 3, oth: 0 }).flatMap(([who, shift]) =>
  Object.entries({ r: 4, w: 2, x: 1 }).map(([what, bit]) => [`${what}${who}`, bit << shift] as const),
);

function modeFacts(raw: number): Record<string, unknown> {
  return {
    mode: (raw & 0o7777).toString(8).padStart(4, '0'),
    ...Object.fromEntries(
      Object.entries(TYPES).map(([bits, name]) => [name, (raw & 0o170000) === Number(bits)]),
    ),
    ...Object.fromEntries(PERMISSIONS.map(([name, bit]) => [name, (raw & bit) !== 0])),
    isuid: (raw & 0o4000) !== 0,
    isgid: (raw & 0o2000) !== 0,
  };
}

function named(key: string, name: string | undefined): Record<string, unknown> {
  return name === undefined || name === 'UNKNOWN' ? {} : { [key]: name };
}

/** The number of a device file, from what stat prints of it in hexadecimal (makedev of Linux); 0 for other files. */
function deviceType(major: number, minor: number): number {
  return ((major & 0xfff) << 8) | ((minor & 0xfff00) << 12) | (minor & 0xff);
}

/**
 * What Ansible says of a file, of `raw mode in hex|size|uid|gid|user|group|inode|device|links|atime|mtime|ctime|blocks|block size`;
 * the last two may be missing, and so may a device's `major|minor` in hexadecimal behind them.
 */
export function statFacts(line: string): Record<string, unknown> {
  const [raw = '0', size, uid, gid, user, group, inode, dev, nlink, ...more] = line.split('|');
  const [atime, mtime, ctime, blocks, blockSize, major, minor] = more;
  return {
    ...modeFacts(Number.parseInt(raw, 16)),
    size: Number(size),
    uid: Number(uid),
    gid: Number(gid),
    ...named('pw_name', user),
    ...named('gr_name', group),
    inode: Number(inode),
    dev: Number(dev),
    nlink: Number(nlink),
    atime: new PyFloat(Number(atime)),
    mtime: new PyFloat(Number(mtime)),
    ctime: new PyFloat(Number(ctime)),
    ...(blocks !== undefined && { blocks: Number(blocks), block_size: Number(blockSize) }),
    ...(major !== undefined && {
      device_type: deviceType(Number.parseInt(major, 16), Number.parseInt(minor ?? '0', 16)),
    }),
  };
}
