import { Button, Dialog, DialogActions, DialogContent, DialogTitle, Typography } from '@mui/material';
import { CreateBase, Form, ResourceContextProvider } from 'react-admin';
import { useFormState } from 'react-hook-form';

import type { AddDialogProps } from './add-dialog-context.js';
import { FieldInputs } from './FieldInputs.js';
import { FormModeProvider } from './form-mode.js';
import { FormProblem } from './FormProblem.js';
import { useSave } from './use-save.js';

const ADDING = { mode: 'create', locked: false } as const;

/** Adds an object in a dialog above another form, which keeps everything that was typed into it. */
export function AddReferenceDialog(props: AddDialogProps) {
  const { resource, onClose } = props;
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="md" aria-labelledby="tenon-add-title">
      <DialogTitle id="tenon-add-title">{`Add ${resource.label}`}</DialogTitle>
      <ResourceContextProvider value={resource.name}>
        <CreateBase resource={resource.name} mutationMode="pessimistic">
          <FormModeProvider value={ADDING}>
            <AddForm {...props} />
          </FormModeProvider>
        </CreateBase>
      </ResourceContextProvider>
    </Dialog>
  );
}

const noDefaults = (): Record<string, unknown> => ({});

function AddForm({ resource, onAdded, onClose }: AddDialogProps) {
  const useDefaults = resource.useDefaults ?? noDefaults;
  const defaults = useDefaults();
  const save = useSave();
  const tabs = resource.tabs.filter(({ only, inputs = [] }) => only !== 'edit' && inputs.length > 0);

  return (
    <Form
      defaultValues={defaults}
      onSubmit={(values: Record<string, unknown>) => save(values, onAdded)}
      noValidate
      disableInvalidFormNotification
    >
      <DialogContent>
        <FormProblem />
        {tabs.map(({ label, inputs = [] }) => (
          <section key={label} aria-label={label}>
            {tabs.length > 1 && (
              <Typography component="h3" variant="h3" sx={{ mt: 1 }}>
                {label}
              </Typography>
            )}
            <FieldInputs fields={resource.fields} items={inputs} />
          </section>
        ))}
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>Cancel</Button>
        <SubmitButton label={`Add ${resource.label}`} />
      </DialogActions>
    </Form>
  );
}

function SubmitButton({ label }: { label: string }) {
  const { isSubmitting } = useFormState();
  return (
    <Button type="submit" variant="contained" disabled={isSubmitting}>
      {label}
    </Button>
  );
}
