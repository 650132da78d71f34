// Words of what the ledger calls actions ("incident.report", "task.complete").
import i18next from 'i18next';
import { useNaming, type Naming } from '@/api/processes';
import { wordOr } from '@/kit/words';

/** The action's own word, else the one of its verb for any family. */
export function actionWord(action: string): string {
  if (i18next.exists(`action.${action}`)) return i18next.t(`action.${action}`);
  return wordOr(`action.any.${action.split('.').pop() ?? ''}`, action);
}

/** The name of a step, from the element the change names. */
export function stepWord(naming: Naming, kind: string, change: unknown): string {
  if (typeof change !== 'object' || change === null) return '';
  const { step, element } = change as { step?: unknown; element?: unknown };
  const name = step ?? element;
  return typeof name === 'string' ? naming(`${kind}.${name}`).replace(`${kind}.`, '') : '';
}

/** What somebody wrote or attached, where the change is about that. */
export function wordsIn(action: string, change: unknown): string | null {
  if (typeof change !== 'object' || change === null) return null;
  const { text, name } = change as { text?: unknown; name?: unknown };
  if (action === 'comment.write' && typeof text === 'string') return text;
  if (action === 'attachment.write' && typeof name === 'string') return name;
  return null;
}

/** Parts of the product that act by themselves ("system:clock"); people come with their names. */
export function actorWord(actor: string): string {
  const part = /^system:(.+)$/.exec(actor)?.[1];
  return part ? wordOr(`actor.${part}`, i18next.t('record.system_actor')) : actor;
}

/** A step's name in the reader's language, else as its process calls it. */
export function useStepName(): (kind: string, task: { element: string; name: string }) => string {
  const naming = useNaming();
  return (kind, task) => naming(`${kind}.${task.element}`, task.name);
}
