// Which charts of the pack a system is shown with.
import { expect, test } from 'vitest';
import { boardOfProbe, boardOfTemplate } from './board';

test('a system is shown with the board of its template, a host when it names none', () => {
  expect([boardOfTemplate('snmp'), boardOfTemplate('node'), boardOfTemplate(null)]).toEqual([
    'snmp',
    'host',
    'host',
  ]);
});

test('a probe is shown with the board of its scheme', () => {
  expect(
    ['https://a/login', 'http://a', 'tls://a:443', 'tcp://a:1521', 'icmp://a'].map(boardOfProbe),
  ).toEqual(['probe_https', 'probe_http', 'probe_tls', 'probe', 'probe']);
});
