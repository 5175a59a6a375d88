import { sliceFields } from '@tenon/fields/entities/slice';
import { FieldInput, InputRow } from '@tenon/service-kit/admin/FieldInput';
import { useFormMode } from '@tenon/service-kit/admin/form-mode';
import type { TenonRecord } from '@tenon/service-kit/admin/records';
import { ReferenceInput } from '@tenon/service-kit/admin/ReferenceInput';
import { isBarePrefix, slicePrefix } from '@tenon/service-kit/admin/slice-prefix';
import { useFieldInput } from '@tenon/service-kit/admin/use-field-input';
import { useFormContext } from 'react-hook-form';

/** The site of a slice. Choosing it fills in what the name of the slice begins with. */
export function SliceSiteInput({ name }: { name: string }) {
  const { mode, locked } = useFormMode();
  if (mode === 'edit' || locked) return <FieldInput name={name} field={sliceFields.site} />;
  return <SiteChoice name={name} />;
}

function SiteChoice({ name }: { name: string }) {
  const field = sliceFields.site;
  const state = useFieldInput({ name, field });
  const { getValues, setValue } = useFormContext();
  const fillPrefix = (site: TenonRecord | null): void => {
    if (site && isBarePrefix(getValues('name'))) setValue('name', slicePrefix(site), { shouldDirty: true });
  };

  return (
    <InputRow field={field} state={state}>
      <ReferenceInput name={name} to={field.to} state={state} onChosen={fillPrefix} />
    </InputRow>
  );
}
