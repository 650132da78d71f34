// What the server refused, above the form it refused; faults of single fields stand at the fields.
import { useTranslation } from 'react-i18next';
import { ApiProblem } from '@/api/client';
import { ShapeMark } from '@/kit/marks';

export function Refusal({ error, known = [] }: { error: unknown; known?: string[] }) {
  const { t } = useTranslation();
  if (!error) return null;
  const problem = error instanceof ApiProblem ? error : null;
  const elsewhere = (problem?.errors ?? []).filter(
    (fault) => !known.includes(fault.pointer.replace(/^\/(fields\/)?/, '').split('/')[0] ?? ''),
  );
  const offline = problem?.status === 0;
  return (
    <div className="refusal" role="alert">
      <ShapeMark shape="triangle" tone="red" />
      <div>
        <strong>{offline ? t('kit.offline') : (problem?.title ?? t('kit.failed'))}</strong>
        {!problem && error instanceof Error && <p>{error.message}</p>}
        {problem?.detail && problem.detail !== problem.title && <p>{problem.detail}</p>}
        {elsewhere.map((fault) => (
          <p key={fault.pointer + fault.detail}>
            <code>{fault.pointer}</code> {fault.detail}
          </p>
        ))}
      </div>
    </div>
  );
}
