// A dashboard of Grafana, or an own file, becomes a board: first what would be taken of it, panel by panel.
import { UploadOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { importBoard, useBoardCommand, type ImportReport, type TakenPart } from '@/api/boards';
import { Dialog } from '@/kit/dialog';
import { Mark } from '@/kit/marks';
import { tell } from '@/kit/toast';
import { Refusal } from '@/record/refusal';

const looks = { whole: ['green', 'tick'], partly: ['orange', 'half'], not: ['red', 'cross'] } as const;

function Parts({ title, parts }: { title: string; parts: TakenPart[] }) {
  const { t } = useTranslation();
  // What needs a look comes first.
  const order = ['not', 'partly', 'whole'];
  const sorted = [...parts].sort((a, b) => order.indexOf(a.taken) - order.indexOf(b.taken));
  if (parts.length === 0) return null;
  return (
    <>
      <h3>{title}</h3>
      <ul className="taken-parts">
        {sorted.map((part, at) => (
          <li key={at}>
            <Mark tone={looks[part.taken][0]} shape={looks[part.taken][1]}>
              {t(`board.taken.${part.taken}`)}
            </Mark>
            <span>
              {part.title || '–'} <span className="faint">{part.type}</span>
              {part.notes.map((note) => (
                <span key={note} className="muted taken-note">
                  {note}
                </span>
              ))}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}

export function ImportBoard({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const input = useRef<HTMLInputElement>(null);
  const [file, setFile] = useState<unknown>(null);
  const [report, setReport] = useState<ImportReport | null>(null);
  const [broken, setBroken] = useState<Error | null>(null);
  const act = useBoardCommand(({ given, dry }: { given: unknown; dry: boolean }) => importBoard(given, dry));
  const read = async (chosen: File | undefined) => {
    if (!chosen) return;
    setReport(null);
    setBroken(null);
    try {
      const given: unknown = JSON.parse(await chosen.text());
      setFile(given);
      act.mutate({ given, dry: true }, { onSuccess: setReport });
    } catch {
      setBroken(new Error(t('board.no_json', { name: chosen.name })));
    }
  };
  return (
    <Dialog
      title={t('board.import')}
      open
      onClose={onClose}
      footer={
        report && (
          <Button
            type="primary"
            loading={act.isPending}
            onClick={() =>
              act.mutate(
                { given: file, dry: false },
                {
                  onSuccess: (made) => {
                    tell(t('board.imported', { title: made.title }));
                    void navigate(`/monitor/boards/${made.id}`);
                  },
                },
              )
            }
          >
            {t('board.import_now', { n: report.panels_count })}
          </Button>
        )
      }
    >
      <p className="muted import-lead">{t('board.import_lead')}</p>
      <input
        ref={input}
        type="file"
        accept=".json,application/json"
        hidden
        aria-label={t('board.choose_file')}
        onChange={(event) => void read(event.target.files?.[0])}
      />
      <Button
        icon={<UploadOutlined />}
        loading={act.isPending && !report}
        onClick={() => input.current?.click()}
      >
        {t('board.choose_file')}
      </Button>
      <Refusal error={broken ?? act.error} />
      {report && (
        <div className="import-report" role="status">
          <h2>{report.title}</h2>
          <Parts title={t('board.variables')} parts={report.variables} />
          <Parts title={t('board.panels')} parts={report.panels} />
        </div>
      )}
    </Dialog>
  );
}
