import { synchronizerFields } from '@tenon/fields/entities/service';

import { ChoiceControl, FieldInput, InputRow } from './FieldInput.js';
import { useFormMode } from './form-mode.js';
import { useFieldInput } from './use-field-input.js';
import { useInstallation } from './use-installation.js';

/** Chooses one of the playbooks of this installation; a path can never be entered. */
export function PlaybookInput({ name }: { name: string }) {
  const { locked } = useFormMode();
  if (locked) return <FieldInput name={name} field={synchronizerFields.playbook} />;
  return <PlaybookChoice name={name} />;
}

function PlaybookChoice({ name }: { name: string }) {
  const field = synchronizerFields.playbook;
  const state = useFieldInput({ name, field });
  const { data } = useInstallation();
  const choices = (data?.playbooks ?? []).map((file) => ({ value: file, label: file }));

  return (
    <InputRow field={field} state={state}>
      <ChoiceControl choices={choices} required={false} state={state} empty="The service's own" />
    </InputRow>
  );
}
