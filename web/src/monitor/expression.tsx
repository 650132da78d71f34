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
  id?: string;
  value: string;
  /** Spoken name; the usual one is "Expression". */
  label?: string;
  invalid?: boolean;
  describedBy?: string;
  placeholder?: string;
  onChange: (value: string) => void;
  /** Enter; without it Enter makes a new line. */
  onSubmit?: (value: string) => void;
}

export function Expression(props: ExpressionProps) {
  const { t } = useTranslation();
  const label = props.label ?? t('monitor.expression');
  // The editor also tells of what it was given, and that is nobody's edit.
  const change = (value: string) => {
    if (value !== props.value) props.onChange(value);
  };
  return (
    <Suspense
      fallback={
        <Input
          id={props.id}
          className="mono"
          aria-label={label}
          value={props.value}
          onChange={(event) => props.onChange(event.target.value)}
          onPressEnter={(event) => props.onSubmit?.(event.currentTarget.value)}
        />
      }
    >
      <Editor {...props} label={label} onChange={change} />
    </Suspense>
  );
}
