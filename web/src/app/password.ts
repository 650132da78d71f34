// What we can tell about a password before the server judges it.
export interface Entry {
  role: string;
  account: string;
  name: string;
  password: string;
  again: string;
}

const shortest = 10;

/** Word key of what is wrong, or null. */
export function passwordFault({ password, account }: Pick<Entry, 'password' | 'account'>): string | null {
  if (password.length < shortest) return 'password.short';
  if (account && password.toLowerCase().includes(account.toLowerCase())) return 'password.has_account';
  if (new Set(password).size < 5) return 'password.monotonous';
  return null;
}
