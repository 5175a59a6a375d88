import { useState, type Ref } from 'react';
import { Autocomplete, Box, TextField } from '@mui/material';
import { useGetList } from 'react-admin';

import { AddReferenceButton } from './AddReferenceButton.js';
import type { ModelScreens } from './model-screens.js';
import type { Reference, TenonRecord } from './records.js';

interface ObjectPickerProps {
  resource: ModelScreens;
  chosen: Reference | null;
  onChoose: (record: TenonRecord | null) => void;
  onBlur?: () => void;
  inputRef?: Ref<HTMLInputElement>;
  invalid?: boolean;
  id?: string;
  describedBy?: string | undefined;
  /** The name for screen readers where there is no label beside it. */
  label?: string | undefined;
}

const MOST_OPTIONS = 50;

/** Picks one object out of a resource: the list narrows while typing, and "+" makes a new one. */
export function ObjectPicker({
  resource,
  chosen,
  onChoose,
  onBlur,
  inputRef,
  invalid = false,
  ...names
}: ObjectPickerProps) {
  const [typed, setTyped] = useState('');
  const { data: options = [], isPending } = useGetList<TenonRecord>(resource.name, {
    filter: typed === '' ? {} : { q: typed },
    pagination: { page: 1, perPage: MOST_OPTIONS },
    sort: { field: 'id', order: 'ASC' },
  });

  return (
    <Box sx={{ display: 'flex', gap: 1 }}>
      <Autocomplete<Reference>
        fullWidth
        size="small"
        {...(names.id !== undefined && { id: names.id })}
        options={options}
        loading={isPending}
        value={chosen}
        getOptionLabel={(option) => option.label}
        getOptionKey={(option) => option.id}
        isOptionEqualToValue={(option, other) => option.id === other.id}
        filterOptions={(all) => all}
        onChange={(_, option) => onChoose(options.find((record) => record.id === option?.id) ?? null)}
        onInputChange={(_, text, reason) => setTyped(reason === 'input' ? text : '')}
        {...(onBlur && { onBlur })}
        renderInput={(params) => (
          <TextField
            {...params}
            {...(inputRef !== undefined && { inputRef })}
            error={invalid}
            slotProps={{
              ...params.slotProps,
              htmlInput: {
                ...params.slotProps.htmlInput,
                'aria-describedby': names.describedBy,
                ...(names.label !== undefined && { 'aria-label': names.label }),
              },
            }}
          />
        )}
      />
      <AddReferenceButton resource={resource} onAdded={onChoose} />
    </Box>
  );
}
