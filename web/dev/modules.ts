// What the server says about its families of records.
const field = (name: string, kind: string, more: object = {}) => ({
  name,
  kind,
  required: false,
  choices: [],
  target: '',
  in_list: true,
  editable: true,
  ...more,
});
const choice = (name: string, choices: string) => field(name, 'choice', { choices: choices.split(' ') });
const ref = (name: string, target: string, kind = 'reference') => field(name, kind, { target });

export const states =
  'reported assessed diagnosing repairing testing confirming summarising closed cancelled';

export const modules = [
  {
    kind: 'incident',
    plural: 'incidents',
    states: states.split(' '),
    fields: [
      field('title', 'line', { required: true }),
      field('description', 'prose'),
      choice('source', 'person alert email api'),
      ref('reporter', 'person'),
      ref('system', 'system'),
      field('device', 'line'),
      choice('scope', 'one_user department organisation'),
      field('started_at', 'instant'),
      choice('severity', 'critical major minor low'),
      choice('urgency', 'high medium low'),
      choice('priority', 'p1 p2 p3 p4'),
      choice('state', states),
      ref('assignee', 'person'),
      field('diagnosis', 'prose'),
      field('solution', 'prose'),
      choice('test_result', 'passed failed'),
      field('confirmed', 'flag'),
      field('cause', 'prose'),
      field('handling', 'prose'),
      field('result', 'prose'),
      field('improvement', 'prose'),
      field('closed_at', 'instant'),
      field('alert', 'line'),
      field('process_instance', 'line'),
    ],
  },
  {
    kind: 'system',
    plural: 'systems',
    fields: [
      field('name', 'line', { required: true }),
      field('description', 'prose'),
      ref('owner', 'person'),
      ref('unit', 'unit'),
      choice('criticality', 'core important general'),
      field('address', 'line'),
      ref('depends_on', 'system', 'references'),
      choice('state', 'planned running maintenance retired'),
    ],
  },
  {
    kind: 'person',
    plural: 'people',
    fields: [
      field('name', 'line', { required: true }),
      ref('unit', 'unit'),
      field('post', 'line'),
      field('phone', 'line'),
      field('email', 'line'),
      field('crew', 'line'),
      field('active', 'flag'),
    ],
  },
  {
    kind: 'unit',
    plural: 'units',
    fields: [field('name', 'line', { required: true }), ref('parent', 'unit'), field('kind', 'line')],
  },
];
