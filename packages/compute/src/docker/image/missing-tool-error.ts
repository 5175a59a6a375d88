import { DriverError } from '../../driver-error.js';

/** A program that the image build needs is not installed; installing it is the start script's business. */
export class MissingToolError extends DriverError {
  readonly tool: string;

  /** @param instead why the way without it is closed, as a clause. */
  constructor(tool: string, instead: string, cause: unknown) {
    super(
      'no-image',
      `cannot build the instance image: ${instead}, and ${tool} is not installed; run: sudo apt-get install ${tool}, or let the engine reach a registry`,
      { retryable: true, cause },
    );
    this.name = 'MissingToolError';
    this.tool = tool;
  }
}
