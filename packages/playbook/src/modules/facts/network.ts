import { ipv4Network } from './ipv4.js';
import { readAddresses, type Address } from './addresses.js';
import type { Printed } from './printed.js';
import type { Subset } from './subset.js';

const NET = '/sys/class/net';
const TYPES: Partial<Record<string, string>> = {
  '1': 'ether',
  '32': 'infiniband',
  '512': 'ppp',
  '772': 'loopback',
  '65534': 'tunnel',
};
const PROMISCUOUS = 0x100;

type Facts = Record<string, unknown>;

const networkOf = ({ address, broadcast, prefix }: Address) => ({
  broadcast,
  ...ipv4Network(address, Number(prefix)),
  prefix,
});

/** A bridge or a bond, and what it is made of. */
function compositeFacts(printed: Printed, folder: string): Facts {
  const bond = (name: string) => printed.file(`${folder}/bonding/${name}`);
  const id = printed.file(`${folder}/bridge/bridge_id`);
  if (id !== undefined) {
    const interfaces = printed.names(new RegExp(`^${folder}/brif/([^/]+)$`));
    return { type: 'bridge', interfaces, id, stp: printed.file(`${folder}/bridge/stp_state`) === '1' };
  }
  if (bond('mode') === undefined) return {};
  const primary = bond('primary');
  return {
    type: 'bonding',
    slaves: bond('slaves')?.split(/\s+/) ?? [],
    mode: bond('mode')?.split(' ')[0],
    miimon: bond('miimon'),
    lacp_rate: bond('lacp_rate')?.split(' ')[0],
    ...(primary !== undefined && { primary, all_slaves_active: bond('all_slaves_active') === '1' }),
  };
}

function deviceFacts(printed: Printed, device: string): Facts {
  const folder = `${NET}/${device}`;
  const file = (name: string) => printed.file(`${folder}/${name}`);
  const [mac, speed, flags] = [file('address'), file('speed'), file('flags')];
  const [bus, driver] = [printed.link(`${folder}/device`), printed.link(`${folder}/device/driver/module`)];
  const permanent = file('bonding_slave/perm_hwaddr');
  return {
    device,
    ...(mac !== undefined && mac !== '00:00:00:00:00:00' && { macaddress: mac }),
    mtu: Number(file('mtu')),
    active: file('operstate') !== 'down',
    ...(driver !== undefined && { module: driver.replace(/.*\//, '') }),
    type: TYPES[file('type') ?? ''] ?? 'unknown',
    ...compositeFacts(printed, folder),
    ...(permanent !== undefined && { perm_macaddress: permanent }),
    ...(bus !== undefined && { pciid: bus.replace(/.*\//, '') }),
    ...(speed !== undefined && { speed: Number(speed) }),
    promisc: (Number(flags) & PROMISCUOUS) > 0,
  };
}

/** The first address of a name is its own, all others are secondary; an alias (eth0:1) is an interface as well. */
function addAddress(interfaces: Map<string, Facts>, address: Address): void {
  const { family, device, label, scope, prefix } = address;
  const own = interfaces.get(device) ?? {};
  interfaces.set(device, own);
  if (family === 'inet6') {
    own.ipv6 = [...((own.ipv6 as Facts[] | undefined) ?? []), { address: address.address, prefix, scope }];
    return;
  }
  const named = label === device ? own : (interfaces.get(label) ?? {});
  interfaces.set(label, named);
  const entry = { address: address.address, ...networkOf(address) };
  const isFirst = !address.secondary && named.ipv4 === undefined;
  if (isFirst) named.ipv4 = entry;
  for (const each of new Set([isFirst ? undefined : named, address.secondary ? own : undefined])) {
    if (each !== undefined)
      each.ipv4_secondaries = [...((each.ipv4_secondaries as Facts[] | undefined) ?? []), entry];
  }
}

/** The way out, from the first line of `ip route get`, with what is known of its address. */
function defaultRoute(line: string, interfaces: Map<string, Facts>, addresses: readonly Address[]): Facts {
  const word = (name: string) => new RegExp(`\\s${name} (\\S+)`).exec(line)?.[1];
  const [device, source, gateway] = [word('dev'), word('src'), word('via')];
  const address = addresses.find((each) => each.address === source);
  const route = {
    ...(device !== undefined && { interface: device }),
    ...(source !== undefined && { address: source }),
    ...(gateway !== undefined && { gateway }),
  };
  if (address === undefined) return route;
  const { macaddress, mtu, type } = interfaces.get(address.device) ?? {};
  const own =
    address.family === 'inet'
      ? { ...networkOf(address), alias: address.label }
      : { prefix: address.prefix, scope: address.scope };
  return { ...route, ...own, macaddress: macaddress ?? '', mtu, type };
}

/** Without ip only addresses are known. */
function plainAddresses(text: string): Facts {
  const addresses = text.trim().split(/\s+/);
  return {
    all_ipv4_addresses: addresses.filter((each) => /^[\d.]+$/.test(each)),
    all_ipv6_addresses: addresses.filter((each) => each.includes(':')),
    default_ipv4: {},
    default_ipv6: {},
    interfaces: [],
  };
}

const FILES = [
  ...['address', 'mtu', 'operstate', 'type', 'speed', 'flags', 'bridge/bridge_id', 'bridge/stp_state'],
  ...['slaves', 'mode', 'miimon', 'lacp_rate', 'primary', 'all_slaves_active'].map(
    (name) => `bonding/${name}`,
  ),
  'bonding_slave/perm_hwaddr',
];

export const network: Subset = {
  name: 'network',
  also: ['interfaces', 'default_ipv4', 'default_ipv6', 'all_ipv4_addresses', 'all_ipv6_addresses'],
  needs: ['platform', 'distribution'],
  files: FILES.map((name) => `${NET}/*/${name}`),
  links: [`${NET}/*/device`, `${NET}/*/device/driver/module`, `${NET}/*/brif/*`],
  commands: {
    addresses: 'if command -v ip >/dev/null; then ip -o addr show; fi',
    // Never asked: only the way to them is.
    route4: 'if command -v ip >/dev/null; then ip -4 route get 8.8.8.8 2>/dev/null; fi',
    route6: 'if command -v ip >/dev/null; then ip -6 route get 2404:6800:400a:800::1012 2>/dev/null; fi',
    plain_addresses: 'command -v ip >/dev/null || hostname -I 2>/dev/null',
  },
  read(printed) {
    const addresses = readAddresses(printed.section('addresses'));
    if (addresses.length === 0) return plainAddresses(printed.section('plain_addresses'));
    const names = printed.names(/^\/sys\/class\/net\/([^/]+)\/mtu$/);
    const interfaces = new Map(names.map((name) => [name, deviceFacts(printed, name)]));
    for (const address of addresses) addAddress(interfaces, address);
    const named = [...interfaces].map(([name, facts]): [string, Facts] => [name.replaceAll(':', '_'), facts]);
    const own = (family: Address['family'], loopback: RegExp) =>
      addresses
        .filter((each) => each.family === family && !loopback.test(each.address))
        .map(({ address }) => address);
    return {
      interfaces: named.map(([name]) => name),
      ...Object.fromEntries(named),
      default_ipv4: defaultRoute(printed.section('route4').split('\n')[0] ?? '', interfaces, addresses),
      default_ipv6: defaultRoute(printed.section('route6').split('\n')[0] ?? '', interfaces, addresses),
      all_ipv4_addresses: own('inet', /^127\./),
      all_ipv6_addresses: own('inet6', /^::1$/),
    };
  },
};
