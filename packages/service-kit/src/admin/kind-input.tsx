import { OutlinedInput } from '@mui/material';
import { tenantFields } from '@tenon/fields/entities/tenant';

import { FieldRow } from './FieldRow.js';
import type { InputItem } from './model-screens.js';

/** The greyed row "Kind": it says what the form makes and cannot be changed. */
export function kindInput(kind: string): InputItem {
  function KindInput() {
    return (
      <FieldRow label={tenantFields.kind.label} inputId="tenon-kind">
        <OutlinedInput
          id="tenon-kind"
          size="small"
          fullWidth
          readOnly
          value={kind}
          className="tenon-greyed"
        />
      </FieldRow>
    );
  }
  return { name: 'kind', Input: KindInput };
}
