/** Values that arrive when they want and are taken one by one; closing it ends the waiting reader at once. */
export interface Mailbox<T> extends AsyncIterableIterator<T, undefined, void> {
  put(value: T): void;
  /** Ends the reader with this error. */
  fail(error: unknown): void;
  return(): Promise<IteratorResult<T, undefined>>;
}

/** More than this means a reader that does not keep up; it has to begin anew. */
const MAX_WAITING = 50_000;

type Reader<T> = { resolve(result: IteratorResult<T, undefined>): void; reject(error: unknown): void };

/**
 * Makes a mailbox. An async generator cannot be used instead: its `return()` waits until the value it is waiting for comes.
 * @param onClose called once, when the reader is done or failed.
 */
export function createMailbox<T>(onClose: () => void): Mailbox<T> {
  const waiting: T[] = [];
  let reader: Reader<T> | null = null;
  let end: { error: unknown } | 'done' | null = null;

  const close = (how: { error: unknown } | 'done'): void => {
    if (end !== null) return;
    end = how;
    onClose();
    if (reader === null) return;
    if (how === 'done') reader.resolve({ done: true, value: undefined });
    else reader.reject(how.error);
    reader = null;
  };

  return {
    put(value) {
      if (end !== null) return;
      if (reader !== null) {
        reader.resolve({ done: false, value });
        reader = null;
      } else if (waiting.push(value) > MAX_WAITING) {
        close({ error: new Error('the subscriber does not keep up with the changes') });
      }
    },
    fail: (error) => close({ error }),
    next() {
      const value = waiting.shift();
      if (value !== undefined) return Promise.resolve({ done: false, value });
      if (end === 'done') return Promise.resolve({ done: true, value: undefined });
      if (end !== null) return Promise.reject(toError(end.error));
      return new Promise((resolve, reject) => {
        reader = { resolve, reject };
      });
    },
    return() {
      waiting.length = 0;
      close('done');
      return Promise.resolve({ done: true, value: undefined });
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
