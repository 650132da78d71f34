// The variables of a board, to choose at its top. The address keeps what is chosen, so it can be sent on.
import { Input, Select } from 'antd';
import { useQueries } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { labelValues, type BoardVariable } from '@/api/boards';
import { all, chosenOf, filledQuery, type Chosen } from './variables';

const spans = { range_s: 3600, step_s: 15 };

export interface Variables {
  chosen: Chosen;
  known: Record<string, string[]>;
  choose: (name: string, values: string[]) => void;
}

/** A selector may name variables before it: "up{job=\"$job\"}". */
export function useVariables(variables: BoardVariable[]): Variables {
  const [params, setParams] = useSearchParams();
  const address = (name: string) => params.getAll(`var-${name}`);
  const begun: Chosen = Object.fromEntries(
    variables.map((one) => [one.name, chosenOf(one, address(one.name), undefined)]),
  );
  const asked = variables.filter((one) => one.kind === 'label' && one.label_name !== '');
  const answers = useQueries({
    queries: asked.map((one) =>
      labelValues(one.label_name, filledQuery(one.selector, variables, begun, spans)),
    ),
  });
  const known: Record<string, string[]> = {};
  for (const one of variables) if (one.kind === 'list') known[one.name] = one.values;
  asked.forEach((one, at) => {
    const data = answers[at]?.data;
    if (data) known[one.name] = data;
  });
  const chosen = Object.fromEntries(
    variables.map((one) => [one.name, chosenOf(one, address(one.name), known[one.name])]),
  );
  const choose = (name: string, values: string[]) =>
    setParams(
      (now) => {
        const next = new URLSearchParams(now);
        next.delete(`var-${name}`);
        for (const value of values) next.append(`var-${name}`, value);
        return next;
      },
      { replace: true },
    );
  return { chosen, known, choose };
}

export function VariableBar({ variables, state }: { variables: BoardVariable[]; state: Variables }) {
  const { t } = useTranslation();
  if (variables.length === 0) return null;
  return (
    <div className="variable-bar">
      {variables.map((one) => {
        const id = `variable-${one.name}`;
        const chosen = state.chosen[one.name] ?? [];
        const options = (state.known[one.name] ?? chosen.filter((value) => value !== all)).map((value) => ({
          value,
          label: value,
        }));
        return (
          <span key={one.name} className="variable">
            <label htmlFor={id}>{one.label || one.name}</label>
            {one.kind === 'text' ? (
              <Input
                id={id}
                value={chosen[0] ?? ''}
                onChange={(event) => state.choose(one.name, [event.target.value])}
              />
            ) : (
              <Select<string | string[]>
                id={id}
                showSearch
                mode={one.many ? 'multiple' : undefined}
                maxTagCount={2}
                popupMatchSelectWidth={false}
                value={one.many ? chosen : chosen[0]}
                options={one.many ? [{ value: all, label: t('board.every') }, ...options] : options}
                onChange={(next) => {
                  const values = Array.isArray(next) ? next : [next];
                  const last = values[values.length - 1];
                  state.choose(
                    one.name,
                    last === all || values.length === 0 ? [all] : values.filter((value) => value !== all),
                  );
                }}
              />
            )}
          </span>
        );
      })}
    </div>
  );
}
