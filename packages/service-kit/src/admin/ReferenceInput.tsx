import { useGetOne, useRecordContext } from 'react-admin';

import type { ModelScreens } from './model-screens.js';
import { ObjectPicker } from './ObjectPicker.js';
import { referenceOf, type Reference, type TenonRecord } from './records.js';
import { useRegistry } from './registry-context.js';
import type { FieldInputState } from './use-field-input.js';

interface ReferenceInputProps {
  /** Name of the field, under which the record holds what is chosen now. */
  name: string;
  /** Type that is pointed to, such as `Site`. */
  to: string;
  state: FieldInputState;
  /** The name for screen readers where there is no label beside it. */
  label?: string;
  onChosen?: (chosen: TenonRecord | null) => void;
}

/** Chooses an object of another resource by typing, with "+" beside it to make a new one. */
export function ReferenceInput({ to, ...rest }: ReferenceInputProps) {
  const resource = useRegistry().byType(to);
  if (!resource) throw new Error(`cannot choose a ${to}: it has no screens; register it in resources/all.ts`);
  return <ResourceInput resource={resource} {...rest} />;
}

/** As {@link ReferenceInput}, for a resource that is known, such as the services of one kind. */
export function ResourceInput({
  resource,
  name,
  state,
  label,
  onChosen,
}: Omit<ReferenceInputProps, 'to'> & { resource: ModelScreens }) {
  const { value, onChange, onBlur, ref } = state.bound;
  const chosen = useChosen(resource, name, typeof value === 'number' ? value : null);

  return (
    <ObjectPicker
      resource={resource}
      chosen={chosen}
      onChoose={(record) => {
        onChange(record ? record.id : null);
        onChosen?.(record);
      }}
      onBlur={onBlur}
      inputRef={ref}
      invalid={state.error !== undefined}
      id={state.control.id}
      describedBy={state.control['aria-describedby']}
      label={label}
    />
  );
}

/** The chosen object: out of the record when it is that one, else asked for. */
function useChosen(resource: ModelScreens, name: string, id: number | null): Reference | null {
  const record = useRecordContext<TenonRecord>();
  const own = referenceOf(record, name);
  const isOwn = own !== null && own.id === id;
  const { data } = useGetOne<TenonRecord>(resource.name, { id: id ?? 0 }, { enabled: id !== null && !isOwn });
  if (id === null) return null;
  if (isOwn) return own;
  return data ?? { id, label: `#${id}` };
}
