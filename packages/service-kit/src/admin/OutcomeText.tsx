import { Box } from '@mui/material';
import { runFields } from '@tenon/fields/entities/run';

import { Icon, type IconName } from './icons.js';

const LOOKS: Record<string, { icon: IconName; color: string }> = {
  RUNNING: { icon: 'sync', color: 'info.main' },
  SUCCEEDED: { icon: 'check', color: 'success.main' },
  FAILED: { icon: 'alert', color: 'error.main' },
  UNREACHABLE: { icon: 'alert', color: 'error.main' },
  CANCELLED: { icon: 'stop', color: 'text.secondary' },
};

/** The outcome of a run as icon and word. */
export function OutcomeText({ outcome }: { outcome: string }) {
  const look = LOOKS[outcome] ?? { icon: 'clock', color: 'text.secondary' };
  const word = runFields.outcome.choices.find((choice) => choice.value === outcome)?.label ?? outcome;
  return (
    <Box
      component="span"
      sx={{ display: 'inline-flex', gap: 0.75, alignItems: 'center', verticalAlign: 'middle' }}
      data-outcome={outcome}
    >
      <Icon
        name={look.icon}
        className={outcome === 'RUNNING' ? 'tenon-spin' : ''}
        sx={{ color: look.color }}
      />
      {word}
    </Box>
  );
}
