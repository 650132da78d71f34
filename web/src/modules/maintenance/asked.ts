// What is asked of a new maintenance window, in this order.
export const asked = ['title', 'systems', 'starts_at', 'ends_at', 'recurrence', 'days', 'reason'];
