import { Alert, Paper, Skeleton } from '@mui/material';
import { crumbsOf } from '@tenon/service-kit/admin/Breadcrumbs';
import { Fact } from '@tenon/service-kit/admin/Fact';
import { ReferenceLink } from '@tenon/service-kit/admin/FieldValue';
import { LoadProblem } from '@tenon/service-kit/admin/LoadProblem';
import { Moment } from '@tenon/service-kit/admin/Moment';
import { OutcomeText } from '@tenon/service-kit/admin/OutcomeText';
import { PageHeader } from '@tenon/service-kit/admin/PageHeader';
import { numberOf, textOf, type TenonRecord } from '@tenon/service-kit/admin/records';
import { useScreens } from '@tenon/service-kit/admin/registry-context';
import { useGetOne, useParams } from 'react-admin';

import { RunOutput } from './RunOutput.js';
import { RunObject } from './RunObject.js';

/** The page of one run: what it was for, how it went, and its output while it comes. */
export function RunPage() {
  const screens = useScreens();
  const { id } = useParams<{ id: string }>();
  const { data: run, error } = useGetOne<TenonRecord>(screens.name, { id: Number(id) });
  if (error) return <LoadProblem error={error} screens={screens} />;
  if (!run) return <Skeleton variant="rounded" height={320} role="status" aria-label="Loading" />;
  const summary = textOf(run, 'summary');
  const outcome = textOf(run, 'outcome');

  return (
    <>
      <PageHeader
        title={`Run ${run.id}`}
        subject={textOf(run, 'objectLabel')}
        crumbs={crumbsOf(screens, `Run ${run.id}`)}
      />
      <RunFacts run={run} />
      {summary !== '' && outcome !== 'SUCCEEDED' && (
        <Alert severity={outcome === 'RUNNING' ? 'info' : 'error'} sx={{ mb: 2, whiteSpace: 'pre-wrap' }}>
          {summary}
        </Alert>
      )}
      <RunOutput runId={run.id} isRunning={outcome === 'RUNNING'} />
    </>
  );
}

function RunFacts({ run }: { run: TenonRecord }) {
  const started = textOf(run, 'startedAt');
  const finished = textOf(run, 'finishedAt');
  return (
    <Paper variant="outlined" component="section" aria-label="About this run" className="tenon-facts">
      <Fact label="Outcome">
        <span role="status">
          <OutcomeText outcome={textOf(run, 'outcome')} />
        </span>
      </Fact>
      <Fact label="Object">
        <RunObject run={run} />
      </Fact>
      <Fact label="Service">
        <ReferenceLink record={run} name="service" to="Service" />
      </Fact>
      <Fact label="Playbook">{textOf(run, 'playbook')}</Fact>
      <Fact label="Trigger">{textOf(run, 'trigger')}</Fact>
      <Fact label="Generation">{numberOf(run, 'objectGeneration')}</Fact>
      <Fact label="Started">
        <Moment value={started} />
      </Fact>
      <Fact label="Duration">{finished === '' ? 'Still running' : duration(started, finished)}</Fact>
    </Paper>
  );
}

const MINUTE_S = 60;

/** The time between two moments: "1.4 s", "2 min 5 s". */
function duration(from: string, to: string): string {
  const seconds = (new Date(to).getTime() - new Date(from).getTime()) / 1000;
  if (seconds < MINUTE_S) return `${seconds.toFixed(1)} s`;
  return `${Math.floor(seconds / MINUTE_S)} min ${Math.round(seconds % MINUTE_S)} s`;
}
