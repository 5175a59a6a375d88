import { useEffect, useState, type RefObject } from 'react';
import { Alert, Button } from '@mui/material';
import { useFormContext, useFormState } from 'react-hook-form';

import type { ModelScreens } from './model-screens.js';
import { referenceOf, type TenonRecord } from './records.js';

interface ConflictNoticeProps {
  screens: ModelScreens;
  /** The newest version of the object. */
  record: TenonRecord;
  /** Receives the generation that the person's changes are based on; the API refuses a save based on an older one. */
  generationRef: RefObject<number | null>;
}

/** Says what somebody else changed while this form was being filled in, and lets the person decide. */
export function ConflictNotice({ screens, record, generationRef }: ConflictNoticeProps) {
  const { reset } = useFormContext();
  const { dirtyFields, isSubmitSuccessful } = useFormState();
  const isDirty = Object.keys(dirtyFields).length > 0;
  const [base, setBase] = useState(record);
  const moved = base.generation !== record.generation;
  if (moved && !isDirty) setBase(record);

  useEffect(() => {
    generationRef.current = base.generation;
  }, [base, generationRef]);

  useEffect(() => {
    // What was saved may differ from what was typed (blanks are cut off); it is no unsaved change.
    if (isSubmitSuccessful) reset(record);
  }, [isSubmitSuccessful, record, reset]);

  if (!moved || !isDirty) return null;
  return (
    <Alert
      severity="warning"
      sx={{ mb: 2 }}
      action={
        <>
          <Button color="inherit" size="small" onClick={() => reset(record)}>
            Use theirs
          </Button>
          <Button color="inherit" size="small" onClick={() => setBase(record)}>
            Keep mine
          </Button>
        </>
      }
    >
      {`This ${screens.label} was changed while you were editing it: ${changes(screens, base, record)}`}
    </Alert>
  );
}

/** Names what differs between two versions of an object, in the words of its fields. */
export function changes(
  screens: Pick<ModelScreens, 'fields'>,
  before: TenonRecord,
  after: TenonRecord,
): string {
  const changed = Object.entries(screens.fields).flatMap(([name, field]) => {
    if (JSON.stringify(before[name]) === JSON.stringify(after[name])) return [];
    const value = field.kind === 'reference' ? referenceOf(after, name)?.label : after[name];
    return [
      `${field.label} is now ${value === undefined || value === null ? 'empty' : JSON.stringify(value)}`,
    ];
  });
  return changed.length === 0 ? 'one of its relations was changed.' : `${changed.join('; ')}.`;
}
