// What is asked of a new system, in this order.
export const asked = [
  'name',
  'description',
  'owner',
  'unit',
  'criticality',
  'state',
  'target_template',
  'address',
  'probe',
  'depends_on',
];
