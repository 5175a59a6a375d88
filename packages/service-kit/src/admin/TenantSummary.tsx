import { Box, Link, Paper } from '@mui/material';
import { LinkBase, useRecordContext } from 'react-admin';

import { CopyText } from './CopyText.js';
import { Fact } from './Fact.js';
import { Nothing } from './FieldValue.js';
import { Moment } from './Moment.js';
import { OutcomeText } from './OutcomeText.js';
import { textOf, textsOf, type TenonRecord } from './records.js';
import { StatusIcon } from './StatusIcon.js';

/** Where a tenant is reached and how it is doing: address, the command that shows it, instance, last run. */
export function TenantSummary() {
  const record = useRecordContext<TenonRecord>();
  const machine = asRecord(record?.['machine']);
  const run = asRecord(record?.['lastRun']);
  const address = textsOf(machine, 'addresses')[0] ?? '';
  const curl = textOf(record, 'curlCommand');
  const ssh = textOf(machine, 'sshCommand');

  return (
    <Paper variant="outlined" component="section" aria-label="Where it is reached" className="tenon-facts">
      <Fact label="Address">
        {address === '' ? <Nothing word="Not yet" /> : <CopyText text={address} what="the address" />}
      </Fact>
      <Fact label="See the page">
        {curl === '' ? <Nothing word="Not yet" /> : <CopyText text={curl} what="the curl command" />}
      </Fact>
      <Fact label="Instance">
        {machine ? (
          <Box sx={{ display: 'flex', gap: 0.75, alignItems: 'center' }}>
            <StatusIcon state={machine['syncState']} text={textOf(machine, 'statusText')} />
            <Link component={LinkBase} to={`/core/instance/${machine.id}`}>
              {machine.label}
            </Link>
          </Box>
        ) : (
          <Nothing />
        )}
      </Fact>
      <Fact label="SSH">
        {ssh === '' ? <Nothing word="(not available)" /> : <CopyText text={ssh} what="the ssh command" />}
      </Fact>
      <Fact label="Last run">
        {run ? (
          <Box sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 1 }}>
            <Link component={LinkBase} to={`/core/run/${run.id}`}>
              <OutcomeText outcome={textOf(run, 'outcome')} />
            </Link>
            <Moment value={textOf(run, 'startedAt')} />
          </Box>
        ) : (
          <Nothing word="None yet" />
        )}
      </Fact>
    </Paper>
  );
}

function asRecord(value: unknown): TenonRecord | undefined {
  return typeof value === 'object' && value !== null && 'id' in value ? (value as TenonRecord) : undefined;
}
