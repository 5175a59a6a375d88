import { Button } from '@mui/material';

/** Where a form goes after it is saved, by the button that was pressed. */
export type AfterSave = 'list' | 'edit' | 'another';

/** The button that submitted a form; Enter in an input counts as the first one, Save. */
export function afterSave(event: unknown): AfterSave {
  const submitter = readSubmitter(event);
  return submitter === 'edit' || submitter === 'another' ? submitter : 'list';
}

function readSubmitter(event: unknown): string {
  if (typeof event !== 'object' || event === null || !('nativeEvent' in event)) return '';
  const { nativeEvent } = event;
  if (!(nativeEvent instanceof SubmitEvent)) return '';
  return nativeEvent.submitter instanceof HTMLButtonElement ? nativeEvent.submitter.value : '';
}

/** The three ways to save a form. */
export function SaveButtons({ saving, canAddAnother }: { saving: boolean; canAddAnother: boolean }) {
  return (
    <>
      <Button type="submit" value="list" variant="contained" color="success" disabled={saving}>
        Save
      </Button>
      <Button type="submit" value="edit" variant="outlined" disabled={saving}>
        Save and continue editing
      </Button>
      {canAddAnother && (
        <Button type="submit" value="another" variant="outlined" disabled={saving}>
          Save and add another
        </Button>
      )}
    </>
  );
}
