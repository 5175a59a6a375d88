import { Tooltip } from '@mui/material';

import { Icon } from './icons.js';
import { lookOf, type SyncStateLook } from './sync-states.js';

const COLOR: Record<SyncStateLook['tone'], string> = {
  success: 'success.main',
  warning: 'warning.main',
  error: 'error.main',
  info: 'info.main',
  neutral: 'text.secondary',
};

/** The state of an object as a shape and a colour; the sentence about it is its name and its tooltip. */
export function StatusIcon({ state, text }: { state: unknown; text?: string | undefined }) {
  const look = lookOf(state);
  const sentence = text === undefined || text === '' ? look.word : text;
  const spin = look.shape === 'sync';

  return (
    <Tooltip title={sentence}>
      <Icon
        name={look.shape}
        titleAccess={sentence}
        data-state={typeof state === 'string' ? state : 'PENDING'}
        className={spin ? 'tenon-spin' : ''}
        sx={{ color: COLOR[look.tone], verticalAlign: 'middle' }}
      />
    </Tooltip>
  );
}
