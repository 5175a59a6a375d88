/** An inventory, a host pattern or a file of variables that cannot be used; the text names the file and the line. */
export class InventoryError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'InventoryError';
  }
}
