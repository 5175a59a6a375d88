import { randomUUID } from 'node:crypto';
import { messageOf, say, step } from '../progress.ts';

/**
 * Makes the instance image on the engine of the tests when it is not there: by itself, because beside the suites it takes twice as
 * long and most of them wait for it. A failure is only said: the suites that need the image fail with its reason.
 */
export async function provideTestImage(engineSocket: string | undefined): Promise<void> {
  if (engineSocket === undefined) return;
  const { createDockerDriver } = await import('@tenon/compute/docker/docker-driver');
  const { socketAddress } = await import('@tenon/compute/docker/engine-address');
  const { INSTANCE_IMAGE } = await import('@tenon/compute/docker/image/image-store');
  const { readTestConfig } = await import('@tenon/compute/testing/config');
  const engine = socketAddress(engineSocket);
  const { imageCacheDir } = readTestConfig();
  const driver = createDockerDriver({ installation: randomUUID(), engine, imageCacheDir });
  try {
    await step('Making the instance image', () => driver.ensureImage(INSTANCE_IMAGE));
  } catch (error) {
    say(messageOf(error));
  }
}
