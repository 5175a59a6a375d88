/** Opens what ansible-vault encrypted; `file` is where it stands. Throws VaultError. */
export type Decrypt = (vaulted: string, file: string) => string;
