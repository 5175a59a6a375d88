import { useEffect, useEffectEvent, useState } from 'react';
import { Box, Button, InputAdornment, OutlinedInput, Select } from '@mui/material';
import type { Field } from '@tenon/fields/field';
import { inputName } from '@tenon/fields/field-value';
import { useGetList } from 'react-admin';

import { Icon } from './icons.js';
import type { ModelScreens } from './model-screens.js';
import type { TenonRecord } from './records.js';
import { useRegistry } from './registry-context.js';
import { SYNC_STATES } from './sync-states.js';
import { useListFilters } from './use-list-filters.js';

const TYPING_PAUSE_MS = 250;

/** The filters of a list. They are part of the URL, so a copied link shows the same rows. */
export function ListFilters({ screens }: { screens: ModelScreens }) {
  const { filters, isFiltered, set, clear } = useListFilters();

  return (
    <Box component="search" aria-label={`Filter ${screens.labelPlural}`} className="tenon-filters">
      <SearchBox
        label={`Search ${screens.labelPlural}`}
        value={asText(filters['q'])}
        onChange={(text) => set('q', text)}
      />
      {screens.synced && (
        <FilterSelect
          label="Status"
          value={asText(firstOf(filters['syncState']))}
          choices={Object.entries(SYNC_STATES).map(([value, { word }]) => ({ value, label: word }))}
          onChange={(value) => set('syncState', value === '' ? undefined : [value])}
        />
      )}
      {(screens.filters ?? []).map((name) => {
        const field = screens.fields[name];
        return field ? <FieldFilter key={name} name={name} field={field} set={set} /> : null;
      })}
      {isFiltered && (
        <Button size="small" onClick={clear}>
          Clear filters
        </Button>
      )}
    </Box>
  );
}

function firstOf(value: unknown): unknown {
  return Array.isArray(value) ? value[0] : undefined;
}

function asText(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : '';
}

function SearchBox({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string;
  onChange: (text: string) => void;
}) {
  const [typed, setTyped] = useState(value);
  const send = useEffectEvent((text: string) => {
    if (text !== value) onChange(text);
  });
  useEffect(() => {
    const timer = setTimeout(() => send(typed), TYPING_PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed]);

  return (
    <OutlinedInput
      size="small"
      type="search"
      value={typed}
      onChange={(event) => setTyped(event.target.value)}
      placeholder="Search"
      slotProps={{ input: { 'aria-label': label } }}
      startAdornment={
        <InputAdornment position="start">
          <Icon name="search" />
        </InputAdornment>
      }
      sx={{ width: { xs: '100%', sm: 240 } }}
    />
  );
}

interface FieldFilterProps {
  name: string;
  field: Field;
  set: (key: string, value: unknown) => void;
}

const YES_NO = [
  { value: 'true', label: 'Yes' },
  { value: 'false', label: 'No' },
] as const;

function FieldFilter({ name, field, set }: FieldFilterProps) {
  const { filters } = useListFilters();
  const key = inputName(name, field);
  const value = asText(filters[key]);
  if (field.kind === 'reference') {
    return (
      <ReferenceFilter label={field.label} to={field.to} value={value} onChange={(id) => set(key, id)} />
    );
  }
  if (field.kind === 'choice') {
    return (
      <FilterSelect
        label={field.label}
        value={value}
        choices={field.choices}
        onChange={(chosen) => set(key, chosen)}
      />
    );
  }
  if (field.kind !== 'flag') return null;
  return (
    <FilterSelect
      label={field.label}
      value={value}
      choices={YES_NO}
      onChange={(chosen) => set(key, chosen === '' ? undefined : chosen === 'true')}
    />
  );
}

interface ReferenceFilterProps {
  label: string;
  to: string;
  value: string;
  onChange: (id: number | undefined) => void;
}

function ReferenceFilter({ label, to, value, onChange }: ReferenceFilterProps) {
  const resource = useRegistry().byType(to);
  const { data = [] } = useGetList<TenonRecord>(
    resource?.name ?? '',
    { pagination: { page: 1, perPage: 100 }, sort: { field: 'id', order: 'ASC' } },
    { enabled: resource !== undefined },
  );
  return (
    <FilterSelect
      label={label}
      value={value}
      choices={data.map((record) => ({ value: String(record.id), label: record.label }))}
      onChange={(id) => onChange(id === '' ? undefined : Number(id))}
    />
  );
}

interface FilterSelectProps {
  label: string;
  value: string;
  choices: readonly { value: string; label: string }[];
  onChange: (value: string) => void;
}

function FilterSelect({ label, value, choices, onChange }: FilterSelectProps) {
  return (
    <Select
      native
      size="small"
      value={value}
      onChange={(event) => onChange(event.target.value)}
      slotProps={{ input: { 'aria-label': label } }}
      sx={{ width: { xs: '100%', sm: 'auto' } }}
    >
      <option value="">{`${label}: all`}</option>
      {choices.map((choice) => (
        <option key={choice.value} value={choice.value}>
          {choice.label}
        </option>
      ))}
    </Select>
  );
}
