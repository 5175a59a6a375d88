import { describe, expect, it } from 'vitest';

import { createRequest } from './request.js';

const answer = (body: string, status = 200) =>
  createRequest('/graphql', () => Promise.resolve(new Response(body, { status })));

describe('a request to the API', () => {
  it('gives the data', async () => {
    await expect(answer('{"data":{"logout":true}}')('mutation { logout }')).resolves.toEqual({
      logout: true,
    });
  });

  it('throws the first error with its status', async () => {
    const refusal = '{"errors":[{"message":"not yours","extensions":{"code":"FORBIDDEN"}}]}';

    await expect(answer(refusal)('{ me { id } }')).rejects.toMatchObject({
      status: 403,
      message: 'not yours',
    });
  });

  it('says so when nobody answers', async () => {
    const request = createRequest('/graphql', () => Promise.reject(new TypeError('Failed to fetch')));

    await expect(request('{ me { id } }')).rejects.toMatchObject({ status: 0, message: /does not answer/ });
  });

  it('says so when something else than the API answers', async () => {
    await expect(answer('<h1>Bad gateway</h1>', 502)('{ me { id } }')).rejects.toMatchObject({ status: 502 });
  });
});
