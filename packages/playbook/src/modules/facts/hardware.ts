/** What every part of `hardware` says of itself. */
export const HARDWARE = {
  name: 'hardware',
  also: ['processor', 'processor_cores', 'processor_count', 'mounts', 'devices'],
  needs: ['platform'],
} as const;

const UNITS = ['Y', 'Z', 'E', 'P', 'T', 'G', 'M', 'K'];

/** A size in bytes as Ansible prints it: `256.00 GB`. */
export function humanSize(bytes: number): string {
  const power = UNITS.findIndex((_, index) => bytes >= 1024 ** (UNITS.length - index));
  const unit = UNITS[power];
  return unit === undefined
    ? `${bytes.toFixed(2)} Bytes`
    : `${(bytes / 1024 ** (UNITS.length - power)).toFixed(2)} ${unit}B`;
}
