import type { Subset } from './subset.js';

const firstValue = (lines: readonly string[], start: string) => lines.find((line) => line.startsWith(start));

/** The names under which the machine asks for storage. */
export const initiators: readonly Subset[] = [
  {
    name: 'iscsi',
    files: ['/etc/iscsi/initiatorname.iscsi'],
    read: (printed) => ({
      iscsi_iqn:
        firstValue(printed.lines('/etc/iscsi/initiatorname.iscsi'), 'InitiatorName=')?.slice(
          'InitiatorName='.length,
        ) ?? '',
    }),
  },
  {
    name: 'nvme',
    files: ['/etc/nvme/hostnqn'],
    read: (printed) => ({ hostnqn: firstValue(printed.lines('/etc/nvme/hostnqn'), 'nqn.') ?? '' }),
  },
  {
    name: 'fibre_channel_wwn',
    files: ['/sys/class/fc_host/*/port_name'],
    read: (printed) => ({
      fibre_channel_wwn: printed
        .names(/^(\/sys\/class\/fc_host\/[^/]+\/port_name)$/)
        .map((path) => printed.file(path)?.replace(/^0x/, '')),
    }),
  },
];
