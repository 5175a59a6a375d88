import { describe, expect, it } from 'vitest';
import { requireSpace } from './free-space.js';

describe('space on the engine’s disk', () => {
  it('is enough above the floor', async () => {
    await expect(requireSpace('create machine a', '/', 1)).resolves.toBeUndefined();
  });

  it('below the floor is an error that names both', async () => {
    const refused = requireSpace('create machine a', '/', 1024 ** 5);

    await expect(refused).rejects.toMatchObject({
      code: 'no-space',
      retryable: true,
      message: expect.stringMatching(
        /^cannot create machine a: the disk is nearly full \([\d.]+ GiB left below \/, 1048576\.0 GiB must stay free\)/,
      ) as string,
    });
  });

  it('that cannot be seen from here is no reason to refuse', async () => {
    await expect(requireSpace('create machine a', null, 1024 ** 5)).resolves.toBeUndefined();
    await expect(requireSpace('create machine a', '/nonexistent/data', 1024 ** 5)).resolves.toBeUndefined();
  });
});
