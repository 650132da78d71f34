// Keyboard: single keys act on the page unless somebody is typing.
import { useEffect, useRef } from 'react';

function typing(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}

/** "Ctrl+Enter", "j", "Escape": the name a key press has in a key table. */
export function keyName(event: KeyboardEvent): string {
  return (event.ctrlKey || event.metaKey ? 'Ctrl+' : '') + event.key;
}

/** Keys on elements that already mean something (Enter on a link or button) stay with the element. */
function taken(event: KeyboardEvent): boolean {
  const target = event.target;
  return (
    event.key === 'Enter' && target instanceof HTMLElement && target.closest('a,button,summary') !== null
  );
}

export function useKeys(keys: Record<string, () => void>, active = true): void {
  const current = useRef(keys);
  useEffect(() => {
    current.current = keys;
  });
  useEffect(() => {
    if (!active) return;
    const listen = (event: KeyboardEvent) => {
      const act = current.current[keyName(event)];
      if (!act || event.defaultPrevented || event.altKey || event.isComposing) return;
      if (document.querySelector('dialog[open]') && event.key !== 'Escape') return;
      if (
        (typing(event.target) || taken(event)) &&
        !(event.ctrlKey || event.metaKey) &&
        event.key !== 'Escape'
      )
        return;
      event.preventDefault();
      act();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, [active]);
}
