// The types a panel is made of, from the two rooms of the API that tell them.
export type { BoardPanel, PanelTone, Reduce } from '@/api/boards';
export type { QueryResult, Series } from '@/api/types';
