/** The wish to stop, out of Ctrl-C, SIGTERM or a closed terminal. */
export interface StopSignal {
  signal: AbortSignal;
  /** Resolves when the wish was uttered. */
  asked: Promise<void>;
}

/** npm, its shell and we all get the terminal's Ctrl-C, and some hand it on: what comes within this time is the same wish. */
const sameWishMs = 1_500;

/** Listens for the wish to stop. Who insists (a second time, later) ends the process at once. */
export function listenForStop(): StopSignal {
  const controller = new AbortController();
  let first = 0;
  const asked = new Promise<void>((resolve) => {
    const onSignal = () => {
      if (first === 0) {
        first = performance.now();
        controller.abort(new Error('stopped'));
        resolve();
      } else if (performance.now() - first > sameWishMs) {
        process.exit(130);
      }
    };
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, onSignal);
  });
  return { signal: controller.signal, asked };
}
