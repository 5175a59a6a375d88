import { useState } from 'react';
import { Box, Button, Typography } from '@mui/material';
import { Icon } from '@tenon/service-kit/admin/icons';

import { isTask, worstStatus, type TaskBlock, type TaskResult } from './run-events.js';

const COLOR: Record<string, string> = {
  ok: 'success.main',
  changed: 'warning.main',
  failed: 'error.main',
  unreachable: 'error.main',
  ignored: 'info.main',
  skipped: 'text.secondary',
  running: 'text.secondary',
};

/** A play, a task with its results, or a line in between. */
export function TaskOutput({ block, isRunning }: { block: TaskBlock; isRunning: boolean }) {
  if (!isTask(block)) return <OtherLine block={block} />;
  const status = worstStatus(block);
  const failed = status === 'failed' || status === 'unreachable';

  return (
    <Box sx={{ px: 2, py: 1 }} data-failed={failed} className="tenon-task">
      <Typography component="h3" variant="h3" sx={{ display: 'flex', gap: 1, flexWrap: 'wrap' }}>
        <span>
          {block.kind === 'handler' ? 'HANDLER' : 'TASK'} [
          {block.title === '' ? (block.module ?? 'unnamed') : block.title}]
        </span>
        {block.module !== null && (
          <Typography component="span" variant="body2" color="textSecondary">
            {block.module}
          </Typography>
        )}
      </Typography>
      {block.results.length === 0 && isRunning && (
        <Typography variant="body2" color="textSecondary">
          running…
        </Typography>
      )}
      {block.results.map((result) => (
        <ResultLine key={result.sequence} result={result} />
      ))}
    </Box>
  );
}

function OtherLine({ block }: { block: TaskBlock }) {
  const { kind, title, detail } = block;
  if (kind === 'play') {
    return (
      <Typography component="h3" variant="h3" sx={{ px: 2, py: 1, bgcolor: 'action.hover' }}>
        {`PLAY [${title}]`}
      </Typography>
    );
  }
  if (kind === 'recap') {
    return (
      <Typography component="h3" variant="h3" sx={{ px: 2, py: 1, bgcolor: 'action.hover' }}>
        {`PLAY RECAP [${block.host}] `}
        <Box component="span" sx={{ fontWeight: 400, color: 'text.secondary' }}>
          {recap(detail)}
        </Box>
      </Typography>
    );
  }
  return (
    <Typography sx={{ px: 2, py: 0.5, color: 'warning.main', overflowWrap: 'anywhere' }}>
      {`[${kind.toUpperCase()}] ${title}`}
    </Typography>
  );
}

/** `ok=2 changed=1 failed=0 …` */
function recap(counts: Record<string, unknown>): string {
  return Object.entries(counts)
    .flatMap(([name, count]) => (typeof count === 'number' ? [`${name}=${count}`] : []))
    .join(' ');
}

function ResultLine({ result }: { result: TaskResult }) {
  const failed = result.status === 'failed' || result.status === 'unreachable';
  const [open, setOpen] = useState(failed);
  const parts = outputParts(result);
  const line = (
    <>
      <Box component="span" sx={{ color: COLOR[result.status] ?? 'text.primary', fontWeight: 600 }}>
        {result.status}
      </Box>
      {`: [${result.host}]`}
      {result.item !== null && ` => (item=${result.item})`}
      <Box component="span" sx={{ color: 'text.secondary' }}>
        {result.durationMs !== null && ` (${(result.durationMs / 1000).toFixed(1)} s)`}
        {result.message !== null && ` ${firstLine(result.message)}`}
      </Box>
    </>
  );
  if (parts.length === 0) return <Box className="tenon-result">{line}</Box>;

  return (
    <Box>
      <Button
        variant="text"
        color="inherit"
        className="tenon-result"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        startIcon={<Icon name={open ? 'chevronDown' : 'chevronRight'} />}
      >
        <span>{line}</span>
      </Button>
      {open && (
        <Box sx={{ pl: 3, pb: 1, display: 'grid', gap: 1 }}>
          {parts.map(({ name, text }) => (
            <Box key={name} sx={{ minWidth: 0 }}>
              <Typography className="tenon-fact-label">{name}</Typography>
              <Box
                component="pre"
                className="tenon-pre"
                tabIndex={0}
                aria-label={`${name} of ${result.host}`}
              >
                {text}
              </Box>
            </Box>
          ))}
        </Box>
      )}
    </Box>
  );
}

function firstLine(text: string): string {
  const [line = ''] = text.split('\n');
  return line.length > 160 ? `${line.slice(0, 160)}…` : line;
}

const FIRST = ['message', 'msg', 'stdout', 'stderr', 'diff'];
/** What is told elsewhere on the line, or repeats another part line by line. */
const SILENT = new Set(['durationMs', 'item', 'stdout_lines', 'stderr_lines', 'play', 'changed']);

/** The parts of a result that are worth unfolding: messages and output first, the rest after it. */
function outputParts(result: TaskResult): { name: string; text: string }[] {
  const names = [...FIRST, ...Object.keys(result.detail).filter((name) => !FIRST.includes(name))];
  return names.flatMap((name) => {
    const value = result.detail[name];
    if (SILENT.has(name) || value === undefined || value === null || value === '') return [];
    return [{ name, text: typeof value === 'string' ? value : JSON.stringify(value, null, 2) }];
  });
}
