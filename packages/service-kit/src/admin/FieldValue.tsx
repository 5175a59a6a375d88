import { Box, Link, Typography } from '@mui/material';
import type { ChoiceField, Field } from '@tenon/fields/field';
import { LinkBase } from 'react-admin';

import { Icon } from './icons.js';
import { Moment } from './Moment.js';
import { numberOf, referenceOf, textOf, type TenonRecord } from './records.js';
import { useRegistry } from './registry-context.js';

interface FieldValueProps {
  record: TenonRecord | undefined;
  name: string;
  field: Field;
}

/** What stands where there is no value. */
export function Nothing({ word = 'None' }: { word?: string }) {
  return (
    <Typography component="span" variant="inherit" color="textSecondary">
      {word}
    </Typography>
  );
}

/** The value of a field as people read it. */
export function FieldValue({ record, name, field }: FieldValueProps) {
  switch (field.kind) {
    case 'flag':
      return <Flag value={record?.[name] === true} />;
    case 'reference':
      return <ReferenceLink record={record} name={name} to={field.to} />;
    case 'moment':
      return <MomentValue moment={textOf(record, name)} />;
    case 'choice':
      return <PlainText text={chosenLabel(field, textOf(record, name))} />;
    case 'integer':
      return <PlainText text={numberOf(record, name)?.toLocaleString('en') ?? ''} />;
    case 'secret':
      return <Nothing word="Hidden" />;
    case 'text':
    case 'longText':
      return <PlainText text={textOf(record, name)} />;
  }
}

function MomentValue({ moment }: { moment: string }) {
  return moment === '' ? <Nothing /> : <Moment value={moment} />;
}

function chosenLabel(field: ChoiceField, value: string): string {
  return field.choices.find((choice) => choice.value === value)?.label ?? value;
}

function PlainText({ text }: { text: string }) {
  if (text === '') return <Nothing />;
  return (
    <Box component="span" sx={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
      {text}
    </Box>
  );
}

/** Yes as a green tick, no as a dash; both with their word. */
export function Flag({ value }: { value: boolean }) {
  if (value)
    return <Icon name="check" titleAccess="Yes" sx={{ color: 'success.main', verticalAlign: 'middle' }} />;
  return <Nothing word="No" />;
}

/** A link to the object that a field points to; what may not be seen reads None. */
export function ReferenceLink({
  record,
  name,
  to,
}: {
  record: TenonRecord | undefined;
  name: string;
  to: string;
}) {
  const target = referenceOf(record, name);
  const resource = useRegistry().byType(to);
  if (!target) return <Nothing />;
  if (!resource) return <>{target.label}</>;
  return (
    <Link component={LinkBase} to={`/${resource.name}/${target.id}`} className="tenon-cell-reference">
      {target.label}
    </Link>
  );
}
