/** Finds one frame in a stream of bytes: what is between the marker `<nonce>B` and `<nonce>E<rc>` or `<nonce>X`. */
export class FrameReader {
  private readonly begin: Buffer;
  private readonly end: Buffer;
  private readonly torn: Buffer;
  private state: 'before' | 'inside' | 'after' = 'before';
  private pending: Buffer = Buffer.alloc(0);
  private readonly chunks: Buffer[] = [];
  private kept = 0;
  private rest: Buffer = Buffer.alloc(0);
  /** Bytes of content seen, kept or not. */
  seen = 0;
  /** The exit status in the end marker; 137 when the task killed what was to report it. */
  rc: number | undefined;

  constructor(
    nonce: string,
    /** How many bytes are kept; the rest is dropped, so that memory stays flat. */
    private readonly capBytes: number,
  ) {
    this.begin = Buffer.from(`${nonce}B`);
    this.end = Buffer.from(`${nonce}E`);
    this.torn = Buffer.from(`${nonce}X`);
  }

  get begun(): boolean {
    return this.state !== 'before';
  }

  get finished(): boolean {
    return this.state === 'after';
  }

  get content(): Buffer {
    return Buffer.concat(this.chunks);
  }

  /** Gives back what came behind the frame, which is the next one's. */
  push(chunk: Buffer): Buffer {
    if (this.state === 'after') return chunk;
    this.pending = this.pending.length === 0 ? chunk : Buffer.concat([this.pending, chunk]);
    if (this.state === 'before') this.seekBegin();
    if (this.state === 'inside') this.seekEnd();
    return this.rest;
  }

  /** Nothing more comes: what was held back, lest it be a marker, is content. */
  cut(): void {
    if (this.state === 'inside') this.keep(this.pending);
    this.state = 'after';
  }

  private seekBegin(): void {
    const at = this.pending.indexOf(this.begin);
    if (at < 0) {
      // A marker may be split between two chunks.
      this.pending = this.pending.subarray(-this.begin.length);
      if (this.pending.includes(this.torn)) this.finish(137, this.pending.length);
      return;
    }
    this.pending = this.pending.subarray(at + this.begin.length);
    this.state = 'inside';
  }

  private seekEnd(): void {
    const at = this.pending.indexOf(this.end);
    const torn = at < 0 ? this.pending.indexOf(this.torn) : -1;
    if (torn >= 0) {
      this.keep(this.pending.subarray(0, torn));
      this.finish(137, torn + this.torn.length);
    } else if (at < 0) {
      const safe = Math.max(0, this.pending.length - this.end.length);
      this.keep(this.pending.subarray(0, safe));
      this.pending = this.pending.subarray(safe);
    } else {
      this.keep(this.pending.subarray(0, at));
      this.pending = this.pending.subarray(at);
      const newline = this.pending.indexOf(0x0a);
      if (newline < 0) return;
      this.finish(Number(this.pending.subarray(this.end.length, newline).toString()), newline + 1);
    }
  }

  private keep(bytes: Buffer): void {
    this.seen += bytes.length;
    const room = this.capBytes - this.kept;
    if (room <= 0 || bytes.length === 0) return;
    // A copy: a view would hold the whole network buffer in memory.
    this.chunks.push(Buffer.from(bytes.subarray(0, room)));
    this.kept += Math.min(room, bytes.length);
  }

  private finish(rc: number, length: number): void {
    this.rc = rc;
    this.state = 'after';
    this.rest = this.pending.subarray(length);
    this.pending = Buffer.alloc(0);
  }
}
