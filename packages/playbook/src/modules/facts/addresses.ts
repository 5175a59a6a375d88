/** A line of `ip -o addr`. */
export interface Address {
  readonly family: 'inet' | 'inet6';
  readonly device: string;
  /** The device, or the alias that the address is under. */
  readonly label: string;
  readonly address: string;
  readonly prefix: string;
  readonly broadcast: string;
  readonly scope: string;
  readonly secondary: boolean;
}

const LINE = /^\d+:\s+(\S+)\s+(inet6?)\s+([^\s/]+)(?:\/(\d+))?(.*?)(?:\\|$)/;

/** The addresses in the order in which ip shows them; of a point-to-point link the own end. */
export function readAddresses(text: string): Address[] {
  return text.split('\n').flatMap((line) => {
    const [, device, family, address, prefix, rest = ''] = LINE.exec(line) ?? [];
    if (device === undefined || address === undefined) return [];
    const words = rest.trim().split(/\s+/);
    const after = (word: string) => words[words.indexOf(word) + 1] ?? '';
    const isOld = family === 'inet';
    const last = words.at(-1) ?? device;
    return [
      {
        family: isOld ? 'inet' : 'inet6',
        device,
        label: isOld && last.split(':')[0] === device ? last : device,
        address,
        prefix: prefix ?? /\/(\d+)/.exec(after('peer'))?.[1] ?? (isOld ? '32' : '128'),
        broadcast: words.includes('brd') ? after('brd') : '',
        scope: after('scope'),
        secondary: words.includes('secondary'),
      } as const,
    ];
  });
}
