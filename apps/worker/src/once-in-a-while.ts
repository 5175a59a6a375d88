/** How long the same complaint is not repeated, in ms. */
const QUIET_MS = 10_000;

/**
 * Passes an error on unless the same text was passed on a moment ago: every connection of a pool reports that its server is
 * away, several times a second.
 */
export function onceInAWhile(complain: (error: Error) => void): (error: Error) => void {
  const lastSaid = new Map<string, number>();
  return (error) => {
    const now = performance.now();
    if (now - (lastSaid.get(error.message) ?? -Infinity) < QUIET_MS) return;
    lastSaid.set(error.message, now);
    complain(error);
  };
}
