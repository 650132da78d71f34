// One fault.
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { RecordDiagram } from '@/process/record_diagram';
import type { Group } from '@/record/fields';
import { RecordPage } from '@/record/page';

export const groups: Group[] = [
  {
    title: 'incident.group_what',
    fields: [
      'description',
      'system',
      'device',
      'scope',
      'started_at',
      'source',
      'reporter',
      'alert',
      'recovered_at',
    ],
  },
  { title: 'incident.group_assessment', fields: ['severity', 'urgency', 'priority', 'assignee'] },
  { title: 'incident.group_work', fields: ['diagnosis', 'solution', 'test_result', 'confirmed'] },
  {
    title: 'incident.group_summary',
    fields: ['cause', 'handling', 'result', 'improvement', 'approved', 'closed_at'],
  },
];

export default function Incident() {
  const { id = '' } = useParams();
  const { t } = useTranslation();
  return (
    <RecordPage
      kind="incident"
      plural="incidents"
      id={id}
      groups={groups}
      head={['state', 'priority']}
      people={['reporter', 'assignee']}
      editable={false}
      terse
      tabs={[
        {
          key: 'diagram',
          label: t('record.diagram'),
          render: (record) => <RecordDiagram kind="incident" plural="incidents" record={record} />,
        },
      ]}
    />
  );
}
