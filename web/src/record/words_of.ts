// The word of a field: those every record has are named once, the others by their family.
import i18next from 'i18next';

const common = new Set(['id', 'number', 'created_at', 'created_by', 'updated_at', 'version']);

export function isCommon(field: string): boolean {
  return common.has(field);
}

export function fieldWord(kind: string, field: string): string {
  const key = [common.has(field) ? `record.${field}` : `${kind}.${field}`, `change.${field}`].find((one) =>
    i18next.exists(one),
  );
  return key ? i18next.t(key) : field;
}
