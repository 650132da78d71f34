// Which charts of the pack a system is shown with.
import { expect, test } from 'vitest';
import { probeBoard, targetBoard } from './monitor';

test('a system is shown with the board of its template, a host when it names none', () => {
  expect([targetBoard('snmp'), targetBoard('node'), targetBoard(null)]).toEqual([
    '/api/v1/targets/templates/snmp/board',
    '/api/v1/targets/templates/node/board',
    '/api/v1/targets/templates/node/board',
  ]);
});

test('a probe is shown with the board of its scheme', () => {
  const boards = ['https://a/login', 'http://a', 'tls://a:443', 'tcp://a:1521', 'icmp://a'].map(probeBoard);
  expect(boards.map((address) => address.split('/').pop())).toEqual([
    'probe_https',
    'probe_http',
    'probe_tls',
    'probe',
    'probe',
  ]);
});
