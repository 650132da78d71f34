// Choosing roles: those of the pack in force; a role that another one excludes cannot be added.
import { Select } from 'antd';
import { useRoles } from '@/api/admin';
import { useMay } from '@/api/session';
import { currentLanguage, wordOr } from '@/kit/words';

const standard = [
  'operations_supervisor',
  'system_operator',
  'equipment_operator',
  'business_operator',
  'auditor',
  'system_officer',
  'security_officer',
  'audit_officer',
];

interface RoleSelectProps {
  id: string;
  value: string[];
  onChange: (roles: string[]) => void;
}

export function RoleSelect({ id, value, onChange }: RoleSelectProps) {
  const may = useMay();
  const known = useRoles(may('role.read')).data?.items;
  const all =
    known ??
    standard.map((role) => ({ id: role, name: {} as Record<string, string>, excludes: [] as string[] }));
  const excluded = new Set(all.filter((role) => value.includes(role.id)).flatMap((role) => role.excludes));
  return (
    <Select
      id={id}
      mode="multiple"
      className="wide"
      value={value}
      options={all.map((role) => ({
        value: role.id,
        label: role.name[currentLanguage()] ?? wordOr(`role.${role.id}`, role.id),
        disabled: excluded.has(role.id),
      }))}
      onChange={onChange}
    />
  );
}
