// Markdown as elements of the page: headings, lists, emphasis, code and links. Nothing of the text becomes markup
// by itself, so a board can carry no script.
import type { ReactNode } from 'react';

const marks = /(`[^`]+`)|(\*\*[^*]+\*\*)|(\*[^*]+\*)|\[([^\]]+)\]\(([^)\s]+)\)/g;

/** Addresses that lead somewhere and run nothing. */
export function safeAddress(address: string): string | null {
  return /^(https?:\/\/|mailto:|\/(?!\/)|#)/i.test(address) ? address : null;
}

function inline(text: string): ReactNode[] {
  const parts: ReactNode[] = [];
  let from = 0;
  for (const found of text.matchAll(marks)) {
    parts.push(text.slice(from, found.index));
    const [whole, code, bold, slanted, name, address] = found;
    const key = found.index;
    if (code) parts.push(<code key={key}>{code.slice(1, -1)}</code>);
    else if (bold) parts.push(<b key={key}>{bold.slice(2, -2)}</b>);
    else if (slanted) parts.push(<em key={key}>{slanted.slice(1, -1)}</em>);
    else {
      const href = safeAddress(address ?? '');
      parts.push(
        href ? (
          <a key={key} href={href} rel="noreferrer" target={href.startsWith('http') ? '_blank' : undefined}>
            {name}
          </a>
        ) : (
          whole
        ),
      );
    }
    from = found.index + whole.length;
  }
  parts.push(text.slice(from));
  return parts;
}

type Block = { kind: 'title' | 'text' | 'code' | 'list' | 'numbers'; lines: string[] };

/** Lines that belong together. */
function blocksOf(text: string): Block[] {
  const blocks: Block[] = [];
  let fenced = false;
  for (const line of text.split(/\r?\n/)) {
    const last = blocks[blocks.length - 1];
    if (line.startsWith('```')) {
      if (!fenced) blocks.push({ kind: 'code', lines: [] });
      fenced = !fenced;
    } else if (fenced) last?.lines.push(line);
    else if (/^#{1,6} /.test(line)) blocks.push({ kind: 'title', lines: [line] });
    else {
      const item = /^\s*(?:[-*+]|(\d+)[.)])\s+(.*)$/.exec(line);
      const kind = item ? (item[1] ? 'numbers' : 'list') : 'text';
      const content = item ? (item[2] ?? '') : line;
      if (!item && line.trim() === '') blocks.push({ kind: 'text', lines: [] });
      else if (last?.kind === kind) last.lines.push(content);
      else blocks.push({ kind, lines: [content] });
    }
  }
  return blocks.filter((block) => block.lines.length > 0);
}

function Part({ block }: { block: Block }) {
  const { kind, lines } = block;
  if (kind === 'code') return <pre>{lines.join('\n')}</pre>;
  if (kind === 'title') return <h3>{inline((lines[0] ?? '').replace(/^#+ /, ''))}</h3>;
  if (kind === 'text')
    return (
      <p>
        {lines.flatMap((line, at) =>
          at === 0 ? inline(line) : [<br key={`break-${at}`} />, ...inline(line)],
        )}
      </p>
    );
  const items = lines.map((line, at) => <li key={at}>{inline(line)}</li>);
  return kind === 'numbers' ? <ol>{items}</ol> : <ul>{items}</ul>;
}

export function Markdown({ text }: { text: string }) {
  return (
    <div className="markdown">
      {blocksOf(text).map((block, at) => (
        <Part key={at} block={block} />
      ))}
    </div>
  );
}
