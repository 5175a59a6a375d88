import type { Column } from './model-screens.js';
import { OutcomeText } from './OutcomeText.js';
import { textOf } from './records.js';

/** The columns of a list of runs. */
export const runColumns: readonly Column[] = [
  'id',
  {
    key: 'outcome',
    label: 'Outcome',
    sortBy: 'outcome',
    render: (run) => <OutcomeText outcome={textOf(run, 'outcome')} />,
  },
  'objectLabel',
  'playbook',
  'trigger',
  'startedAt',
];
