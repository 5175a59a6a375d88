import { useContext, useState } from 'react';
import { IconButton, Tooltip } from '@mui/material';
import { useCanAccess } from 'react-admin';

import { AddDialogContext } from './add-dialog-context.js';
import { Icon } from './icons.js';
import type { ModelScreens } from './model-screens.js';
import type { TenonRecord } from './records.js';

interface AddReferenceProps {
  resource: ModelScreens;
  onAdded: (record: TenonRecord) => void;
}

/** "+" beside a reference: makes the missing object in a dialog and comes back with it chosen. */
export function AddReferenceButton({ resource, onAdded }: AddReferenceProps) {
  const [open, setOpen] = useState(false);
  const renderDialog = useContext(AddDialogContext);
  const { canAccess } = useCanAccess({ resource: resource.name, action: 'create' });
  if (!renderDialog || canAccess !== true || resource.readOnly === true || resource.cannotAdd === true)
    return null;
  const what = `Add another ${resource.label}`;

  return (
    <>
      <Tooltip title={what}>
        <IconButton aria-label={what} onClick={() => setOpen(true)} className="tenon-plus">
          <Icon name="plus" />
        </IconButton>
      </Tooltip>
      {open &&
        renderDialog({
          resource,
          onClose: () => setOpen(false),
          onAdded: (record) => {
            setOpen(false);
            onAdded(record);
          },
        })}
    </>
  );
}
