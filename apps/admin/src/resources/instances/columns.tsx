import { Nothing } from '@tenon/service-kit/admin/FieldValue';
import type { Column } from '@tenon/service-kit/admin/model-screens';
import { textOf, textsOf } from '@tenon/service-kit/admin/records';

const addresses: Column = {
  key: 'addresses',
  label: 'Addresses',
  render: (record) => {
    const all = textsOf(record, 'addresses');
    return all.length === 0 ? <Nothing word="Not yet" /> : all.join(', ');
  },
};

const SHORT_ID = 12;

/** Engines and clouds make long ids; their beginning is what their own tools show and accept. */
const machineId: Column = {
  key: 'machineId',
  label: 'Instance id',
  sortBy: 'machineId',
  render: (record) => textOf(record, 'machineId').slice(0, SHORT_ID) || <Nothing />,
};

const name: Column = {
  key: 'name',
  label: 'Instance name',
  sortBy: 'name',
  render: (record) => record.label,
};

/** The columns of a list of instances, as in the original; how to open a shell stands on the page of each. */
export const instanceColumns: readonly Column[] = [
  'status',
  addresses,
  machineId,
  name,
  'slice',
  'deployment',
  'flavor',
  'image',
  'node',
];
