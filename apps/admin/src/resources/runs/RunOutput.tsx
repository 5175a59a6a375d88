import { useEffect, useRef, useState } from 'react';
import { Alert, Box, Button, FormControlLabel, Paper, Switch, Typography } from '@mui/material';

import { toBlocks, worstStatus, type TaskBlock } from './run-events.js';
import { TaskOutput } from './TaskOutput.js';
import { useRunEvents } from './use-run-events.js';

/** What a run prints, as Ansible would: plays, tasks, results. It follows the end while the run goes on. */
export function RunOutput({ runId, isRunning }: { runId: number; isRunning: boolean }) {
  const { events, problem } = useRunEvents(runId, isRunning);
  const blocks = toBlocks(events);
  const [follow, setFollow] = useFollow(events.length, isRunning);

  return (
    <Paper variant="outlined" component="section" aria-label="Output">
      <OutputHead blocks={blocks} follow={isRunning ? follow : null} onFollow={setFollow} />
      {problem !== null && (
        <Alert severity="error" role="alert" sx={{ m: 1.5 }}>
          {problem}
        </Alert>
      )}
      {blocks.length === 0 && problem === null && (
        <Typography color="textSecondary" sx={{ p: 2 }}>
          {isRunning ? 'Waiting for the first task…' : 'This run left no output.'}
        </Typography>
      )}
      <Box role="log" aria-label="Tasks" className="tenon-run">
        {blocks.map((block) => (
          <TaskOutput key={block.sequence} block={block} isRunning={isRunning} />
        ))}
      </Box>
    </Paper>
  );
}

interface OutputHeadProps {
  blocks: readonly TaskBlock[];
  /** Null when there is nothing more to come. */
  follow: boolean | null;
  onFollow: (follow: boolean) => void;
}

function OutputHead({ blocks, follow, onFollow }: OutputHeadProps) {
  return (
    <Box
      sx={{
        display: 'flex',
        flexWrap: 'wrap',
        alignItems: 'center',
        gap: 1,
        px: 2,
        py: 0.75,
        borderBottom: 1,
        borderColor: 'divider',
      }}
    >
      <Typography component="h2" variant="h2">
        Output
      </Typography>
      <Typography variant="body2" color="textSecondary">
        {counts(blocks)}
      </Typography>
      <Box sx={{ ml: 'auto', display: 'flex', alignItems: 'center' }}>
        {hasFailure(blocks) && (
          <Button size="small" onClick={() => document.querySelector('[data-failed=true]')?.scrollIntoView()}>
            First failure
          </Button>
        )}
        {follow !== null && (
          <FormControlLabel
            control={
              <Switch size="small" checked={follow} onChange={(event) => onFollow(event.target.checked)} />
            }
            label="Follow"
            slotProps={{ typography: { variant: 'body2' } }}
            sx={{ mr: 0, ml: 1 }}
          />
        )}
      </Box>
    </Box>
  );
}

function hasFailure(blocks: readonly TaskBlock[]): boolean {
  return blocks.some((block) => ['failed', 'unreachable'].includes(worstStatus(block)));
}

function counts(blocks: readonly TaskBlock[]): string {
  const results = blocks.flatMap((block) => block.results);
  const statuses = ['ok', 'changed', 'failed', 'unreachable', 'skipped', 'ignored'];
  return statuses
    .map((status) => [status, results.filter((result) => result.status === status).length] as const)
    .filter(([, count]) => count > 0)
    .map(([status, count]) => `${status}=${count}`)
    .join('  ');
}

/** Keeps the end of the page in sight while output comes; scrolling up by hand ends it. */
function useFollow(length: number, isRunning: boolean): [boolean, (follow: boolean) => void] {
  const [follow, setFollow] = useState(isRunning);
  const lastTop = useRef(0);
  useEffect(() => {
    if (follow && isRunning) window.scrollTo({ top: document.body.scrollHeight });
  }, [follow, isRunning, length]);
  useEffect(() => {
    const onScroll = (): void => {
      if (window.scrollY < lastTop.current - 10) setFollow(false);
      lastTop.current = window.scrollY;
    };
    window.addEventListener('scroll', onScroll, { passive: true });
    return () => window.removeEventListener('scroll', onScroll);
  }, []);
  return [follow, setFollow];
}
