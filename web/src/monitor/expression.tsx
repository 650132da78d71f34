// The box for a PromQL expression; the editor comes in its own chunk, a plain line stands in until then.
import { Input } from 'antd';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';

const Editor = lazy(async () => {
  const [{ default: Code }, { promql }] = await Promise.all([import('@/kit/code'), import('./promql')]);
  const language = promql();
  return { default: (props: ExpressionProps & { label: string }) => <Code {...props} language={language} /> };
});

interface ExpressionProps {
  value: string;
  onChange: (value: string) => void;
  onSubmit: (value: string) => void;
}

export function Expression(props: ExpressionProps) {
  const { t } = useTranslation();
  const label = t('monitor.expression');
  return (
    <Suspense
      fallback={
        <Input
          className="mono"
          aria-label={label}
          value={props.value}
          onChange={(event) => props.onChange(event.target.value)}
          onPressEnter={(event) => props.onSubmit(event.currentTarget.value)}
        />
      }
    >
      <Editor {...props} label={label} />
    </Suspense>
  );
}
