// What is seen wrong with a password before the server sees it.
import { expect, test } from 'vitest';
import { passwordFault } from './password';

test('a short password, one with the account in it and one of few characters are refused', () => {
  expect(passwordFault({ account: 'wang', password: 'a1b2c3' })).toBe('password.short');
  expect(passwordFault({ account: 'wang', password: 'xxWANGxx99' })).toBe('password.has_account');
  expect(passwordFault({ account: 'wang', password: 'aaaaaaaabbbb' })).toBe('password.monotonous');
  expect(passwordFault({ account: 'wang', password: 'river-stone-42' })).toBeNull();
});
