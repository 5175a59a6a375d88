import { Checkbox, OutlinedInput, Select } from '@mui/material';
import type { ChoiceField, Field } from '@tenon/fields/field';
import { useRecordContext } from 'react-admin';

import { FieldRow } from './FieldRow.js';
import { FieldValue } from './FieldValue.js';
import { useFormMode } from './form-mode.js';
import type { TenonRecord } from './records.js';
import { ReferenceInput } from './ReferenceInput.js';
import { useFieldInput, type FieldInputProps, type FieldInputState } from './use-field-input.js';

/** The row of one field in a form: an input, or the bare value where nothing may be entered. */
export function FieldInput(props: FieldInputProps) {
  const { mode, locked } = useFormMode();
  const { field } = props;
  const isFixed = field.readOnly === true || locked || (field.createOnly === true && mode === 'edit');
  if (isFixed) return <FixedRow {...props} />;

  switch (field.kind) {
    case 'flag':
      return <FlagRow {...props} />;
    case 'choice':
      return <ChoiceRow {...props} field={field} />;
    case 'reference':
      return <ReferenceRow {...props} />;
    case 'integer':
      return <IntegerRow {...props} />;
    case 'text':
    case 'longText':
    case 'secret':
    case 'moment':
      return <TextRow {...props} />;
  }
}

function FixedRow({ name, field }: FieldInputProps) {
  const record = useRecordContext<TenonRecord>();
  // The help of an input says how to fill it in; beside a value that stands it would only puzzle.
  return (
    <FieldRow label={field.label} help={field.readOnly === true ? field.help : undefined}>
      <div className="tenon-fixed">
        <FieldValue record={record} name={name} field={field} />
      </div>
    </FieldRow>
  );
}

/** The label, help and error of a field around its control. */
export function InputRow({
  field,
  state,
  children,
}: {
  field: Field;
  state: FieldInputState;
  children: React.ReactNode;
}) {
  return (
    <FieldRow
      label={field.label}
      inputId={state.control.id}
      required={field.required === true}
      help={field.help}
      error={state.error}
    >
      {children}
    </FieldRow>
  );
}

function TextRow(props: FieldInputProps) {
  const state = useFieldInput(props);
  return (
    <InputRow field={props.field} state={state}>
      <TextControl field={props.field} state={state} />
    </InputRow>
  );
}

/** The text box of a field, without its label. */
export function TextControl({
  field,
  state,
  label,
}: {
  field: Field;
  state: FieldInputState;
  label?: string;
}) {
  const { ref, ...bound } = state.bound;
  return (
    <OutlinedInput
      {...bound}
      inputRef={ref}
      id={state.control.id}
      size="small"
      fullWidth
      multiline={field.kind === 'longText'}
      minRows={field.kind === 'longText' ? 3 : 1}
      maxRows={12}
      type={field.kind === 'secret' ? 'password' : 'text'}
      error={state.error !== undefined}
      slotProps={{
        input: {
          'aria-describedby': state.control['aria-describedby'],
          'aria-required': state.control['aria-required'],
          autoComplete: 'off',
          spellCheck: false,
          ...(label !== undefined && { 'aria-label': label }),
        },
      }}
    />
  );
}

function IntegerRow(props: FieldInputProps) {
  const state = useFieldInput(props, parseInteger);
  return (
    <InputRow field={props.field} state={state}>
      <TextControl field={props.field} state={state} />
    </InputRow>
  );
}

/** A text that is no whole number stays as it is, so that the rule of the field can say so beside it. */
function parseInteger(value: string): number | string | null {
  const text = value.trim();
  if (text === '') return null;
  return /^-?\d+$/.test(text) ? Number(text) : value;
}

function FlagRow(props: FieldInputProps) {
  const state = useFieldInput(props);
  const { value, onChange, onBlur, name, ref } = state.bound;
  return (
    <InputRow field={props.field} state={state}>
      <Checkbox
        id={state.control.id}
        name={name}
        size="small"
        checked={value === true}
        onChange={(event) => onChange(event.target.checked)}
        onBlur={onBlur}
        slotProps={{ input: { ref, 'aria-describedby': state.control['aria-describedby'] } }}
        sx={{ ml: '-7px', p: '6px' }}
      />
    </InputRow>
  );
}

function ChoiceRow(props: FieldInputProps & { field: ChoiceField }) {
  const state = useFieldInput(props);
  return (
    <InputRow field={props.field} state={state}>
      <ChoiceControl choices={props.field.choices} required={props.field.required === true} state={state} />
    </InputRow>
  );
}

interface ChoiceControlProps {
  choices: readonly { value: string; label: string }[];
  required: boolean;
  state: FieldInputState;
  /** The words of the empty choice. */
  empty?: string;
}

/** A drop-down of fixed choices; the browser's own, which every device and screen reader knows. */
export function ChoiceControl({ choices, required, state, empty = '---------' }: ChoiceControlProps) {
  const { ref, value, ...bound } = state.bound;
  const chosen = typeof value === 'string' ? value : '';
  return (
    <Select
      native
      {...bound}
      value={chosen}
      inputRef={ref}
      size="small"
      fullWidth
      error={state.error !== undefined}
      slotProps={{ input: { id: state.control.id, 'aria-describedby': state.control['aria-describedby'] } }}
    >
      {(!required || chosen === '') && <option value="">{empty}</option>}
      {choices.map((choice) => (
        <option key={choice.value} value={choice.value}>
          {choice.label}
        </option>
      ))}
    </Select>
  );
}

function ReferenceRow(props: FieldInputProps) {
  const state = useFieldInput(props);
  if (props.field.kind !== 'reference') return null;
  return (
    <InputRow field={props.field} state={state}>
      <ReferenceInput name={props.name} to={props.field.to} state={state} />
    </InputRow>
  );
}
