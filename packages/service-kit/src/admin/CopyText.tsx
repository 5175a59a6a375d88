import { useEffect, useState } from 'react';
import { Box, IconButton, Tooltip } from '@mui/material';

import { Icon } from './icons.js';

const SHOWN_MS = 1500;

/** A text to take away, such as a command, with a button that copies it. `what` names it for screen readers. */
export function CopyText({ text, what }: { text: string; what: string }) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [copied]);

  const copy = (): void => {
    // Without a secure context there is no clipboard; the text can still be selected.
    void navigator.clipboard.writeText(text).then(() => setCopied(true));
  };

  return (
    <Box sx={{ display: 'inline-flex', alignItems: 'flex-start', maxWidth: '100%', gap: 0.5 }}>
      <Box component="code" className="tenon-code">
        {text}
      </Box>
      <Tooltip title={copied ? 'Copied' : `Copy ${what}`}>
        <IconButton size="small" aria-label={`Copy ${what}`} onClick={copy}>
          <Icon name={copied ? 'done' : 'copy'} fontSize="inherit" />
        </IconButton>
      </Tooltip>
      <span role="status" className="tenon-hidden">
        {copied ? 'Copied' : ''}
      </span>
    </Box>
  );
}
