// Markdown is shown, and carries no script.
import { render } from '@testing-library/react';
import { expect, test } from 'vitest';
import { Markdown, safeAddress } from './markdown';

const html = (text: string) => render(<Markdown text={text} />).container.innerHTML;

test('headings, lists, emphasis and code are shown as such', () => {
  expect(html('# 机房\n- **一** 号\n- `up`')).toContain('<h3>机房</h3><ul><li><b>一</b> 号</li>');
  expect(html('1. a\n2. b')).toContain('<ol><li>a</li><li>b</li></ol>');
  expect(html('```\na *b*\n```')).toContain('<pre>a *b*</pre>');
});

test('markup in the text stays text, and an address that would run a script is no link', () => {
  expect(html('<img src=x onerror=alert(1)>')).not.toContain('<img');
  expect(html('[here](javascript:alert(1))')).not.toContain('<a');
  expect(safeAddress('//elsewhere.example')).toBeNull();
  expect(html('[值班](/on-call)')).toContain('<a href="/on-call"');
});
