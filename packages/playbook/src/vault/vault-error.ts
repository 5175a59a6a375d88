/** A vaulted text that cannot be opened, or a vault password that cannot be had. Never holds a secret. */
export class VaultError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'VaultError';
  }
}
