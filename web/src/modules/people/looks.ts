// What units usually are; the register takes any other word too.
import { addUsual } from '@/record/looks';

export function addPeopleLooks(): void {
  addUsual('unit', 'kind', ['organisation', 'department', 'team']);
}
