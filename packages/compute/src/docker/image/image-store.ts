import { DriverError } from '../../driver-error.js';
import type { Engine } from '../engine.js';
import { askingFor } from '../engine-errors.js';
import { requireSpace } from '../free-space.js';
import type { Log } from '../log.js';
import { buildImage } from './build.js';
import type { ProxySettings } from './host-settings.js';
import { pullImage } from './pull.js';
import { readRecipe, type Recipe } from './recipe.js';

/** Name of the image that is made here; every other image is a reference of the engine, e.g. `registry/name:tag`. */
export const INSTANCE_IMAGE = 'debian-12';

/** What images are made with. */
export interface ImagesOptions {
  engine: Engine;
  /** Folder for the Debian root file system. */
  cacheDir: string;
  proxy: ProxySettings;
  /** Bytes that must stay free on the engine's disk. */
  diskFloor: number;
  log: Log | undefined;
}

/** Looking an image up and making it, without any memory of what is under way. */
export interface ImageStore {
  /** Throws `no-image` for a name that means nothing here, `unavailable`. */
  idOf(image: string): Promise<string | null>;
  /** Throws `no-image`, `no-space`, `unavailable`. */
  make(image: string, onProgress: (line: string) => void): Promise<void>;
}

/** Images of an engine. The recipe is read once, and again before each build: the host's settings may have changed. */
export function createImageStore(options: ImagesOptions): ImageStore {
  const { engine, log } = options;
  let recipe: Promise<Recipe> | undefined;

  const reference = async (image: string): Promise<string> => {
    if (image !== INSTANCE_IMAGE) return knownReference(image);
    recipe ??= readRecipe(options.proxy);
    // Podman asks registries for names without one.
    const prefix = (await engine.traits()).kind === 'podman' ? 'localhost/' : '';
    return `${prefix}tenon-instance:${(await recipe).hash}`;
  };
  const idOf = async (image: string): Promise<string | null> => {
    const name = await reference(image);
    const inspect = () => engine.client.getImage(name).inspect();
    return (await askingFor(`look at image ${image}`, null, inspect))?.Id ?? null;
  };
  const make = async (image: string, onProgress: (line: string) => void): Promise<void> => {
    if (image === INSTANCE_IMAGE) recipe = readRecipe(options.proxy);
    if ((await idOf(image)) !== null) return;
    await requireSpace(`get image ${image}`, (await engine.traits()).dataRoot, options.diskFloor);
    const tag = await reference(image);
    const began = Date.now();
    if (image === INSTANCE_IMAGE && recipe) {
      await buildImage({ ...options, recipe: await recipe, tag, onProgress });
    } else {
      const problem = await pullImage(engine.client, tag, onProgress);
      if (problem !== null) throw cannotPull(image, problem);
    }
    log?.info({ image, ms: Date.now() - began }, 'image is ready');
  };
  return { idOf, make };
}

function knownReference(image: string): string {
  if (/[:/]/.test(image)) return image;
  const known = `the docker driver knows ${INSTANCE_IMAGE} and references such as registry/name:tag; choose one of these`;
  throw new DriverError('no-image', `cannot use image ${image}: ${known}`, { retryable: false });
}

function cannotPull(image: string, problem: string): DriverError {
  const text = `cannot get image ${image}: ${problem}; check the image's name and the registry`;
  return new DriverError('no-image', text, { retryable: true });
}
