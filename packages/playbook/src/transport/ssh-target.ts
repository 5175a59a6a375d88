/** One machine as ssh sees it. */
export interface SshTarget {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  /** OpenSSH or PEM text, without a passphrase. */
  readonly privateKey: string;
  /** The machine's public host key, `ssh-ed25519 AAAA…`. Any other key refuses the connection. */
  readonly hostKey: string;
  /** In ms, for TCP and the ssh handshake together. @default 10_000 */
  readonly connectTimeoutMs?: number;
}

/** `user@host:port`, for error texts. */
export function whereIs(target: SshTarget): string {
  return `${target.user}@${target.host}:${target.port}`;
}
