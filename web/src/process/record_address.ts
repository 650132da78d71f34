// The address of a record's own page, by its kind.
import { useModules } from '@/api/records';

/** Where the page of a record is. */
export function useRecordAddress() {
  const modules = useModules().data ?? [];
  return (kind: string, id: string) => `/${modules.find((one) => one.kind === kind)?.plural ?? kind}/${id}`;
}
