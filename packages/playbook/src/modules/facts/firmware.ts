import { HARDWARE } from './hardware.js';
import type { Subset } from './subset.js';

const FOLDER = '/sys/devices/virtual/dmi/id';

/** Each is a file's name as well, but for the last. */
const FACTS = [
  ...[
    'bios_date',
    'bios_vendor',
    'bios_version',
    'board_asset_tag',
    'board_name',
    'board_serial',
    'board_vendor',
  ],
  ...[
    'board_version',
    'chassis_asset_tag',
    'chassis_serial',
    'chassis_vendor',
    'chassis_version',
    'product_name',
  ],
  ...['product_serial', 'product_uuid', 'product_version', 'system_vendor'],
];

const fileOf = (fact: string) => (fact === 'system_vendor' ? 'sys_vendor' : fact);

/** System Management BIOS reference, 7.4.1. */
const FORM_FACTORS = [
  ...[
    'Unknown',
    'Other',
    'Unknown',
    'Desktop',
    'Low Profile Desktop',
    'Pizza Box',
    'Mini Tower',
    'Tower',
    'Portable',
  ],
  ...[
    'Laptop',
    'Notebook',
    'Hand Held',
    'Docking Station',
    'All In One',
    'Sub Notebook',
    'Space-saving',
    'Lunch Box',
  ],
  ...[
    'Main Server Chassis',
    'Expansion Chassis',
    'Sub Chassis',
    'Bus Expansion Chassis',
    'Peripheral Chassis',
  ],
  ...[
    'RAID Chassis',
    'Rack Mount Chassis',
    'Sealed-case PC',
    'Multi-system',
    'CompactPCI',
    'AdvancedTCA',
    'Blade',
  ],
  ...[
    'Blade Enclosure',
    'Tablet',
    'Convertible',
    'Detachable',
    'IoT Gateway',
    'Embedded PC',
    'Mini PC',
    'Stick PC',
  ],
];

/** What the firmware says of the machine; 'NA' where it says nothing or not to this user. */
export const firmware: Subset = {
  ...HARDWARE,
  files: [...FACTS.map((fact) => `${FOLDER}/${fileOf(fact)}`), `${FOLDER}/chassis_type`],
  read(printed) {
    const chassis = printed.file(`${FOLDER}/chassis_type`);
    return {
      ...Object.fromEntries(FACTS.map((fact) => [fact, printed.file(`${FOLDER}/${fileOf(fact)}`) ?? 'NA'])),
      form_factor: chassis === undefined ? 'NA' : (FORM_FACTORS[Number(chassis)] ?? `unknown (${chassis})`),
    };
  },
};
