import { integer, longText, moment, text } from '@tenon/fields/field';

/** The facts that the worker (and for `pausedReason` and `deletingSince` a rule) writes about a synchronized object. */
export const syncedFields = {
  enacted: moment({ label: 'Enacted', readOnly: true, help: 'When it was last brought in sync' }),
  enactedGeneration: integer({ label: 'Enacted generation', default: 0, readOnly: true, hidden: true }),
  enactedInputs: text({ label: 'Enacted inputs', maxLength: 200, readOnly: true, hidden: true }),
  enactedOn: text({ label: 'Enacted on', maxLength: 200, readOnly: true, hidden: true }),
  lastError: longText({
    label: 'Last error',
    maxLength: 4000,
    readOnly: true,
    help: 'Why the last try failed',
  }),
  attempts: integer({
    label: 'Attempts',
    default: 0,
    readOnly: true,
    help: 'Failed tries since the last change',
  }),
  nextAttemptAt: moment({ label: 'Next attempt', readOnly: true, help: 'When it is tried again' }),
  waitingFor: longText({
    label: 'Waiting for',
    maxLength: 1024,
    readOnly: true,
    help: 'What must happen first',
  }),
  waitingOn: text({ label: 'Waiting on', maxLength: 60, readOnly: true, hidden: true }),
  blockedReason: longText({
    label: 'Blocked',
    maxLength: 1024,
    readOnly: true,
    help: 'What a person has to change',
  }),
  pausedReason: longText({
    label: 'Paused',
    maxLength: 1024,
    readOnly: true,
    help: 'Why it is not synchronized',
  }),
  deletingSince: moment({ label: 'Deleting since', readOnly: true, help: 'When its deletion was asked for' }),
  leaseUntil: moment({ label: 'Lease until', readOnly: true, hidden: true }),
  leaseOwner: text({ label: 'Lease owner', maxLength: 200, readOnly: true, hidden: true }),
};
