import type { TenonRecord } from './records.js';

/** The banner after a save, as in the original: `The Example Service "MyExample" was added successfully.` */
export function successText(label: string, saved: TenonRecord, verb: 'added' | 'changed'): string {
  return `The ${label} "${saved.label}" was ${verb} successfully.`;
}
