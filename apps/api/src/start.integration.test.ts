import { describe, expect, it } from 'vitest';

import { startTestApi } from './testing/test-api.js';

describe('the api', () => {
  it('does not let the network in while the password is the well-known one', async () => {
    await expect(startTestApi({ host: '0.0.0.0' })).rejects.toThrow('change it with: npm run password');
  });

  it('listens on the network where it was set up with a password of its own', async () => {
    const api = await startTestApi({ host: '0.0.0.0', embedded: false });

    expect((await fetch(`${api.url}/healthz`)).status).toBe(200);
    await api.stop();
  });
});
