import { choice, integer, longText, moment, reference, text } from '../field.js';

/** One execution of a playbook for one object. */
export const runFields = {
  objectKey: text({ label: 'Object key', maxLength: 60, readOnly: true }),
  objectLabel: text({ label: 'Object', maxLength: 200, readOnly: true }),
  service: reference({ label: 'Service', to: 'Service', readOnly: true }),
  playbook: text({ label: 'Playbook', maxLength: 200, readOnly: true }),
  trigger: text({ label: 'Trigger', maxLength: 200, readOnly: true, help: 'Why it ran' }),
  objectGeneration: integer({
    label: 'Generation',
    readOnly: true,
    help: 'The generation of the object that it applied',
  }),
  startedAt: moment({ label: 'Started', readOnly: true }),
  finishedAt: moment({ label: 'Finished', readOnly: true }),
  outcome: choice({
    label: 'Outcome',
    readOnly: true,
    choices: [
      { value: 'RUNNING', label: 'Running' },
      { value: 'SUCCEEDED', label: 'Succeeded' },
      { value: 'FAILED', label: 'Failed' },
      { value: 'UNREACHABLE', label: 'Unreachable' },
      { value: 'CANCELLED', label: 'Cancelled' },
    ],
  }),
  summary: longText({ label: 'Summary', maxLength: 4000, readOnly: true }),
};
