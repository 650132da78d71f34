// What is asked of a new person and of a new unit, in this order.
export const asked = {
  person: ['name', 'unit', 'post', 'phone', 'email', 'crew', 'active'],
  unit: ['name', 'parent', 'kind'],
};
