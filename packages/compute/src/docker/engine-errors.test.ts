import { describe, expect, it } from 'vitest';
import { DriverError } from '../driver-error.js';
import { asking, askingFor, driverError } from './engine-errors.js';

function answer(statusCode: number, text: string): Error {
  return Object.assign(new Error(`(HTTP code ${statusCode}) server error - ${text} `), { statusCode });
}

function broken(code: string): Error {
  return Object.assign(new Error(`connect ${code} /run/docker.sock`), { code });
}

describe('an error of the engine', () => {
  it.each([
    {
      reason: 'Docker: address taken',
      error: answer(403, 'Address already in use'),
      code: 'address-taken',
      retryable: true,
    },
    {
      reason: 'Docker: pool',
      error: answer(403, 'Pool overlaps with other one on this address space'),
      code: 'address-taken',
      retryable: true,
    },
    {
      reason: 'Podman: subnet',
      error: answer(500, 'subnet 10.11.0.0/16 is already used on the host or by another config'),
      code: 'address-taken',
      retryable: true,
    },
    {
      reason: 'Docker: image',
      error: answer(404, 'No such image: tenon-instance:1'),
      code: 'no-image',
      retryable: true,
    },
    {
      reason: 'Podman: image',
      error: answer(500, 'localhost/tenon-instance:1: image not known'),
      code: 'no-image',
      retryable: true,
    },
    {
      reason: 'full disk',
      error: answer(500, 'write /x: no space left on device'),
      code: 'no-space',
      retryable: true,
    },
    { reason: 'nobody there', error: broken('ECONNREFUSED'), code: 'unavailable', retryable: true },
    { reason: 'no permission', error: broken('EACCES'), code: 'unavailable', retryable: true },
    {
      reason: 'engine stopped in the middle',
      error: new Error('socket hang up'),
      code: 'unavailable',
      retryable: true,
    },
    {
      reason: 'a bad specification',
      error: answer(400, 'Range of CPUs is from 0.01 to 2.00'),
      code: 'refused',
      retryable: false,
    },
    {
      reason: 'anything else',
      error: answer(500, 'OCI runtime create failed'),
      code: 'refused',
      retryable: true,
    },
  ])('is understood: $reason', ({ error, code, retryable }) => {
    expect(driverError('create machine a', error)).toMatchObject({ code, retryable, cause: error });
  });

  it('reads as a sentence without the library’s own words', () => {
    const { message } = driverError('create machine a', answer(409, 'name is in use'));

    expect(message).toBe('cannot create machine a: the engine refused: name is in use');
  });

  it('that is ours already stays as it is', async () => {
    const error = new DriverError('no-space', 'full', { retryable: true });

    await expect(asking('create machine a', () => Promise.reject(error))).rejects.toBe(error);
  });

  it('"not found" is an answer where one was asked for, and nothing else is', async () => {
    expect(await askingFor('look', null, () => Promise.reject(answer(404, 'No such container')))).toBeNull();
    await expect(askingFor('look', null, () => Promise.reject(broken('ENOENT')))).rejects.toMatchObject({
      code: 'unavailable',
    });
  });
});
