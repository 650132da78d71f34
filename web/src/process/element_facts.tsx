// What an element of a process does, read from its drawing: who, in which state, with which fields, by when.
import { useTranslation } from 'react-i18next';
import type { ReactNode } from 'react';
import { wordOr } from '@/kit/words';
import { choiceWord } from '@/record/looks';
import { fieldWord } from '@/record/words_of';
import type { Element } from './element';
import { listOf } from './step_form';

interface FactsProps {
  kind: string;
  element: Element;
}

function fieldsOf(kind: string, text: string, required: string[]): ReactNode {
  return listOf(text).map((name) => (
    <span key={name} className="chip">
      <span className="chip-text">
        {fieldWord(kind, name)}
        {required.includes(name) && ' *'}
      </span>
    </span>
  ));
}

export function ElementFacts({ kind, element }: FactsProps) {
  const { t } = useTranslation();
  const { attributes, role, type } = element;
  const required = listOf(attributes.required);
  const assignee = /^field:(.+)$/.exec(attributes.assignee ?? '')?.[1];
  const lines: [string, ReactNode][] = [];
  if (role) lines.push([t('process.role'), wordOr(`role.${role}`, role)]);
  if (assignee) lines.push([t('process.assignee'), fieldWord(kind, assignee)]);
  if (attributes.state) lines.push([t('process.state'), choiceWord(kind, 'state', attributes.state)]);
  if (attributes.fields) lines.push([t('process.fields'), fieldsOf(kind, attributes.fields, required)]);
  if (attributes.due) lines.push([t('process.due'), <code key="due">{attributes.due}</code>]);
  if (attributes.action)
    lines.push([
      t('process.action'),
      wordOr(attributes.action, wordOr(`process.does.${attributes.action}`, attributes.action)),
    ]);
  if (element.documentation) lines.push([t('process.about'), element.documentation]);
  const long = new Set([t('process.fields'), t('process.due'), t('process.about')]);
  return (
    <div className="element-facts">
      <p className="element-title">
        <b>{element.name || element.id}</b>{' '}
        <span className="faint">{wordOr(`process.type.${type}`, type)}</span>
      </p>
      <dl className="fields fields-narrow">
        {lines.map(([word, value]) => (
          <div key={word} className={long.has(word) ? 'field field-wide' : 'field'}>
            <dt>{word}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
