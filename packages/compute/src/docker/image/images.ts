import type { ImageReadiness } from '../../driver.js';
import { DriverError } from '../../driver-error.js';
import { createImageStore, type ImagesOptions } from './image-store.js';

/** The image verbs of the driver. */
export interface Images {
  /** Id of an image, null when it is not there; throws `unavailable`, and `no-image` for a name that means nothing here. */
  idOf(image: string): Promise<string | null>;
  readiness(image: string): Promise<ImageReadiness>;
  ensure(image: string, onProgress?: (line: string) => void): Promise<void>;
  /** Id of an image that is there; throws `no-image` when it is not. */
  requireId(image: string): Promise<string>;
}

/** Images of an engine. Calls of `ensure` for the same image at the same time share one build. */
export function createImages(options: ImagesOptions): Images {
  const ensuring = new Map<string, Promise<void>>();
  const problems = new Map<string, string>();
  const store = createImageStore(options);

  return {
    idOf: (image) => store.idOf(image),
    readiness: async (image) => {
      try {
        const id = await store.idOf(image);
        if (id !== null) return { ready: true, id };
      } catch (error) {
        return { ready: false, reason: sentence(error) };
      }
      if (ensuring.has(image)) {
        return { ready: false, reason: `Image ${image} is being made; this takes up to two minutes, once.` };
      }
      const reason = problems.get(image) ?? `Image ${image} is not made yet; it is made in the background.`;
      return { ready: false, reason };
    },
    ensure: (image, onProgress = () => undefined) => {
      const running = ensuring.get(image);
      if (running) return running;
      problems.delete(image);
      const making = store
        .make(image, onProgress)
        .catch((error: unknown) => {
          problems.set(image, sentence(error));
          throw error;
        })
        .finally(() => ensuring.delete(image));
      ensuring.set(image, making);
      return making;
    },
    requireId: async (image) => {
      const id = await store.idOf(image);
      if (id !== null) return id;
      const why = 'it is not there yet; it is made in the background';
      throw new DriverError('no-image', `cannot use image ${image}: ${why}`, { retryable: true });
    },
  };
}

function sentence(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
