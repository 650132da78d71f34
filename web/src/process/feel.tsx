// The box for a FEEL expression, with completion of the record's fields and FEEL's own functions.
import { Input } from 'antd';
import type { CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import { lazy, Suspense, useMemo } from 'react';

export interface FeelVariable {
  name: string;
  /** Its word, and what it may hold. */
  label: string;
  detail: string;
}

interface FeelProps {
  id: string;
  label: string;
  value: string;
  variables: FeelVariable[];
  describedBy?: string;
  onChange: (value: string) => void;
}

const Editor = lazy(async () => {
  const [{ default: Code }, { feel, keywordCompletions, snippetCompletion, snippets }] = await Promise.all([
    import('@/kit/code'),
    import('@bpmn-io/lang-feel'),
  ]);
  function FeelEditor({ variables, ...props }: FeelProps) {
    const names = JSON.stringify(variables);
    const language = useMemo(() => {
      const known = JSON.parse(names) as FeelVariable[];
      return feel({ completions: [fieldsFrom(known), snippetCompletion(snippets), ...keywordCompletions] });
    }, [names]);
    return <Code {...props} language={language} />;
  }
  return { default: FeelEditor };
});

/** Fields of the record, offered wherever a word begins. */
export function fieldsFrom(variables: FeelVariable[]) {
  return (context: CompletionContext): CompletionResult | null => {
    const word = context.matchBefore(/[A-Za-z_]\w*/);
    if (!word && !context.explicit) return null;
    return {
      from: word?.from ?? context.pos,
      options: variables.map(({ name, label, detail }) => ({
        label: name,
        detail: label,
        info: detail || undefined,
        type: 'variable',
        boost: 1,
      })),
    };
  };
}

export function FeelBox(props: FeelProps) {
  return (
    <Suspense
      fallback={
        <Input
          id={props.id}
          className="mono"
          value={props.value}
          onChange={(event) => props.onChange(event.target.value)}
        />
      }
    >
      <Editor {...props} />
    </Suspense>
  );
}
