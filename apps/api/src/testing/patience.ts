/** How long a test waits for what happens by itself: other tests share the machine, so a second is not always enough. */
export const PATIENCE = { timeout: 20_000 };
