/** The byte streams of a started command: an ssh channel, or a child process. */
export interface ShellStreams {
  write(bytes: Buffer): void;
  /** One listener for each stream; a later one replaces it. */
  onStdout(listener: (chunk: Buffer) => void): void;
  onStderr(listener: (chunk: Buffer) => void): void;
  /** Called once, when nothing more can come. */
  onClose(listener: () => void): void;
  destroy(): void;
}
