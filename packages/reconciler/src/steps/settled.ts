import type { SyncFacts } from '../subject.js';

/** True when exactly these inputs of this generation were applied to this incarnation. '-' stands for "has none". */
export function isSettled(facts: SyncFacts, inputs: string, incarnation: string): boolean {
  return (
    facts.enactedGeneration === facts.generation &&
    facts.enactedInputs === inputs &&
    facts.enactedOn === incarnation
  );
}
