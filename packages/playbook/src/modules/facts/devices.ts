import { HARDWARE, humanSize } from './hardware.js';
import type { Printed } from './printed.js';
import type { Subset } from './subset.js';

const BLOCK = '/sys/block';
const SECTOR_BYTES = 512;

type Links = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

/** The names in /dev/disk/by-… by the device they lead to. */
function linksIn(printed: Printed, folder: string): Record<string, string[]> {
  const byDevice: Record<string, string[]> = {};
  for (const name of printed.names(new RegExp(`^/dev/disk/${folder}/(.+)$`)).sort()) {
    const device = printed.link(`/dev/disk/${folder}/${name}`)?.replace(/.*\//, '') ?? '';
    (byDevice[device] ??= []).push(name);
  }
  return byDevice;
}

/** The devices that are made of each device. */
function masters(printed: Printed): Record<string, string[]> {
  const byPart: Record<string, string[]> = {};
  for (const pair of printed.names(/^\/sys\/block\/([^/]+\/slaves\/[^/]+)$/).sort()) {
    const [master = '', , part = ''] = pair.split('/');
    (byPart[part] ??= []).push(master);
  }
  return byPart;
}

function allLinks(printed: Printed): Links {
  return {
    ids: linksIn(printed, 'by-id'),
    uuids: linksIn(printed, 'by-uuid'),
    labels: linksIn(printed, 'by-label'),
    masters: masters(printed),
  };
}

const linksOf = (links: Links, device: string) =>
  Object.fromEntries(Object.entries(links).map(([kind, byDevice]) => [kind, byDevice[device] ?? []]));

/** What device mapper has made of a device, by its name there. */
function holders(printed: Printed, folder: string): string[] {
  const names = printed.names(new RegExp(`^${folder}/holders/(dm-[^/]+)$`));
  return names.map((name) => printed.file(`${folder}/holders/${name}/dm/name`) ?? name);
}

function partition(printed: Printed, links: Links, folder: string): Record<string, unknown> {
  const name = folder.replace(/.*\//, '');
  const sectors = printed.file(`${folder}/size`) ?? '0';
  return {
    links: linksOf(links, name),
    start: printed.file(`${folder}/start`) ?? 0,
    sectors,
    sectorsize: printed.file(`${folder}/queue/logical_block_size`) ?? SECTOR_BYTES,
    size: humanSize(Number(sectors) * SECTOR_BYTES),
    uuid: links.uuids?.[name]?.[0] ?? null,
    holders: holders(printed, folder),
  };
}

/** What cannot be read is none. */
const readable = (facts: Record<string, string | undefined>) =>
  Object.fromEntries(Object.entries(facts).map(([name, text]) => [name, text ?? null]));

function device(printed: Printed, links: Links, name: string): Record<string, unknown> {
  const folder = `${BLOCK}/${name}`;
  const file = (path: string) => printed.file(`${folder}/${path}`);
  const partitions = printed.names(new RegExp(`^${folder}/(${name}p?\\d+)/start$`));
  const sectors = file('size');
  const wwn = links.ids?.[name]?.find((id) => id.startsWith('wwn-'))?.slice('wwn-'.length);
  const serial = file('device/serial');
  return {
    virtual: 1,
    links: linksOf(links, name),
    ...readable({
      vendor: file('device/vendor'),
      model: file('device/model'),
      sas_address: file('device/sas_address'),
      sas_device_handle: file('device/sas_device_handle'),
    }),
    ...(serial !== undefined && { serial }),
    ...(wwn !== undefined && { wwn }),
    ...readable({
      removable: file('removable'),
      support_discard: file('queue/discard_granularity'),
      rotational: file('queue/rotational'),
    }),
    partitions: Object.fromEntries(
      partitions.map((each) => [each, partition(printed, links, `${folder}/${each}`)]),
    ),
    scheduler_mode: /\[(.*)\]/.exec(file('queue/scheduler') ?? '')?.[1] ?? '',
    sectors: sectors ?? 0,
    sectorsize: file('queue/logical_block_size') ?? SECTOR_BYTES,
    size: humanSize(Number(sectors ?? 0) * SECTOR_BYTES),
    // Ansible takes it from lspci, which cloud images lack.
    host: '',
    holders: holders(printed, folder),
  };
}

/** Block devices as /sys has them. */
export const devices: Subset = {
  ...HARDWARE,
  files: [
    ...['size', 'removable', 'queue/{discard_granularity,rotational,scheduler,logical_block_size}'],
    ...[
      'device/{vendor,model,serial,sas_address,sas_device_handle}',
      '*/{start,size}',
      '*/queue/logical_block_size',
    ],
    ...['holders/*/dm/name', '*/holders/*/dm/name'],
  ].flatMap((path) => {
    const [, before = '', choices, after = ''] = /^(.*)\{(.*)\}(.*)$/.exec(path) ?? [];
    if (choices === undefined) return [`${BLOCK}/*/${path}`];
    return choices.split(',').map((choice) => `${BLOCK}/*/${before}${choice}${after}`);
  }),
  links: [
    ...['by-id', 'by-uuid', 'by-label'].map((folder) => `/dev/disk/${folder}/*`),
    ...[`${BLOCK}/*/slaves/*`, `${BLOCK}/*/holders/*`, `${BLOCK}/*/*/holders/*`],
  ],
  read(printed) {
    const links = allLinks(printed);
    const names = printed.names(/^\/sys\/block\/([^/]+)\/size$/);
    return {
      device_links: links,
      devices: Object.fromEntries(names.map((name) => [name, device(printed, links, name)])),
    };
  },
};
