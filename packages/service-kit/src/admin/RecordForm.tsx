import { useRef, type ReactNode } from 'react';
import { Alert, Box, Paper } from '@mui/material';
import { Form, useCreatePath, useLocation, useRedirect, useNotify } from 'react-admin';
import { useFormState } from 'react-hook-form';

import { ConflictNotice } from './ConflictNotice.js';
import { FormModeProvider } from './form-mode.js';
import { FormProblem } from './FormProblem.js';
import { FormTabs } from './FormTabs.js';
import type { ModelScreens } from './model-screens.js';
import type { TenonRecord } from './records.js';
import { isChangeable } from './resource.js';
import { afterSave, SaveButtons, type AfterSave } from './SaveButtons.js';
import { successText } from './success.js';
import { useSave } from './use-save.js';

interface RecordFormProps {
  screens: ModelScreens;
  /** The object that is changed; undefined while adding. */
  record?: TenonRecord | undefined;
  defaults?: Record<string, unknown>;
  /** Called after a save whose page shall start anew. */
  onAnother?: () => void;
  /** Buttons at the end of the bar, such as Delete. */
  children?: ReactNode;
}

/** Values that a live update must not take away from the person who is typing. */
const KEEP_WHAT_WAS_TYPED = { keepDirtyValues: true };

/** The form of one object: its tabs, what is wrong with it, and the buttons that save it. */
export function RecordForm({ screens, record, defaults, onAnother, children }: RecordFormProps) {
  const mode = record ? 'edit' : 'create';
  const base = useFormPath(screens, record);
  const generation = useRef<number | null>(null);
  const save = useSave();
  const finish = useFinish(screens, mode, onAnother);
  const locked = record?.can?.update === false;
  const tabs = screens.tabs.filter((tab) => tab.only === undefined || tab.only === mode);

  const submit = (values: Record<string, unknown>, event?: unknown): ReturnType<typeof save> => {
    const stamped = generation.current === null ? values : { ...values, generation: generation.current };
    const next = afterSave(event);
    return save(stamped, (saved) => finish(saved, next));
  };

  return (
    <FormModeProvider value={{ mode, locked }}>
      <Form
        {...(defaults && { defaultValues: defaults })}
        onSubmit={submit}
        resetOptions={KEEP_WHAT_WAS_TYPED}
        formRootPathname={base}
        warnWhenUnsavedChanges
        disableInvalidFormNotification
        noValidate
      >
        <FormProblem />
        {record && <ConflictNotice screens={screens} record={record} generationRef={generation} />}
        {locked && screens.readOnly !== true && (
          <Alert
            severity="info"
            sx={{ mb: 2 }}
          >{`You may see this ${screens.label} but not change it.`}</Alert>
        )}
        <Paper variant="outlined" className="tenon-form">
          <FormTabs screens={screens} tabs={tabs} base={base} />
          {!locked && (
            <SaveBar screens={screens} mode={mode}>
              {children}
            </SaveBar>
          )}
        </Paper>
      </Form>
    </FormModeProvider>
  );
}

interface SaveBarProps {
  screens: ModelScreens;
  mode: 'create' | 'edit';
  children: ReactNode;
}

function SaveBar({ screens, mode, children }: SaveBarProps) {
  const { isSubmitting } = useFormState();
  return (
    <Box className="tenon-savebar">
      {(mode === 'create' || isChangeable(screens)) && (
        <SaveButtons saving={isSubmitting} canAddAnother={screens.cannotAdd !== true} />
      )}
      <Box sx={{ ml: { sm: 'auto' } }}>{children}</Box>
    </Box>
  );
}

function useFormPath(screens: ModelScreens, record: TenonRecord | undefined): string {
  const createPath = useCreatePath();
  return record
    ? createPath({ resource: screens.name, type: 'edit', id: record.id })
    : createPath({ resource: screens.name, type: 'create' });
}

/** What happens after a save: the banner, then the list, the object's own page, or an empty form. */
function useFinish(screens: ModelScreens, mode: 'create' | 'edit', onAnother: (() => void) | undefined) {
  const notify = useNotify();
  const redirect = useRedirect();

  const { pathname } = useLocation();

  return (saved: TenonRecord, next: AfterSave): void => {
    const stays = (mode === 'create' && next === 'another') || (mode === 'edit' && next === 'edit');
    const text = successText(screens.label, saved, mode === 'create' ? 'added' : 'changed');
    // `leaving` takes the banner along to the next page.
    notify(text, { type: 'success', ...(!stays && { leaving: pathname }) });
    if (next === 'list') redirect('list', screens.name);
    else if (next === 'another') {
      onAnother?.();
      redirect('create', screens.name);
    } else if (mode === 'create') redirect('edit', screens.name, saved.id);
  };
}
