import type { TenantSubject } from '../subject.js';

/** Why a tenant is configured now, for the list of runs. */
export function triggerOf({ facts, instance }: TenantSubject): string {
  if (facts.attempts > 0) return `try ${facts.attempts + 1}`;
  if (facts.enactedGeneration === 0) return 'first time';
  if (facts.enactedGeneration !== facts.generation) return 'saved';
  if (facts.enactedOn === null || facts.enactedOn !== instance?.incarnation)
    return 'the machine is new or was away';
  return 'playbook, settings or keys changed';
}
