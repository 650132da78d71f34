// The list of keys, on `?`.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '@/kit/dialog';
import { useKeys } from '@/kit/keys';

const keys: [string, string[]][] = [
  ['keys.search', ['/', 'Ctrl K']],
  ['keys.report', ['c']],
  ['keys.walk', ['j', 'k']],
  ['keys.open', ['Enter']],
  ['keys.open_full', ['Ctrl Enter']],
  ['keys.send', ['Ctrl Enter']],
  ['keys.close', ['Esc']],
  ['keys.help', ['?']],
];

export function KeyHelp() {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  useKeys({ '?': () => setOpen(true) });
  return (
    <Dialog title={t('keys.title')} open={open} onClose={() => setOpen(false)}>
      <dl className="keys">
        {keys.map(([word, presses]) => (
          <div key={word}>
            <dt>
              {presses.map((press) => (
                <kbd key={press}>{press}</kbd>
              ))}
            </dt>
            <dd>{t(word)}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
