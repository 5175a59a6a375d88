import { Box, Typography } from '@mui/material';
import { Icon } from '@tenon/service-kit/admin/icons';
import { useInstallation } from '@tenon/service-kit/admin/use-installation';

import { Panel } from './Panel.js';

/** The worker looks at the engine and reports it; without a report it has not come up. */
const UNKNOWN = 'Not known: the worker has not reported yet. Check that it is running.';

/** Whether machines can be made here, and what to do if not. */
export function EnginePanel() {
  const { data } = useInstallation();
  if (!data) return null;
  const { engine, natSubnet, version } = data;

  return (
    <Panel title="Container engine">
      <Box sx={{ p: 2, display: 'flex', gap: 1.25 }}>
        <Icon
          name={engine.ready ? 'check' : 'alert'}
          sx={{ color: engine.ready ? 'success.main' : 'warning.main', mt: '1px' }}
        />
        <Box sx={{ minWidth: 0 }}>
          <Typography role="status">
            {engine.ready ? 'Ready to make machines.' : (engine.reason ?? UNKNOWN)}
          </Typography>
          <Typography variant="body2" color="textSecondary">
            {natSubnet === null ? '' : `Machines get addresses out of ${natSubnet}. `}
            {`Tenon ${version}.`}
          </Typography>
        </Box>
      </Box>
    </Panel>
  );
}
