// When maintenance windows open.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { get, query } from './client';
import type { Id, Instant } from './types';

export interface Opening {
  from: Instant;
  to: Instant;
  /** The holidays of its year are not published. */
  provisional: boolean;
}

export interface PlannedOpening extends Opening {
  window: Id;
  number: string;
  title: string;
  systems: Id[];
}

export interface MaintenanceCalendar {
  openings: PlannedOpening[];
  /** Days that are not what their weekday says; a holiday has a name. */
  days: { day: string; working: boolean; name: string }[];
}

export interface WindowPlan {
  starts_at: string;
  ends_at: string;
  recurrence?: string;
  days?: string;
}

export function useMaintenanceCalendar(from: string, to: string) {
  return useQuery({
    queryKey: ['maintenance_windows', 'calendar', from, to],
    queryFn: ({ signal }) =>
      get<MaintenanceCalendar>(`/api/v1/maintenance-calendar${query({ from, to })}`, signal),
    placeholderData: keepPreviousData,
  });
}

/** The next openings of a window as it is written now; asks nothing while it has no times. */
export function useOpenings(plan: WindowPlan) {
  return useQuery({
    queryKey: ['maintenance_windows', 'preview', plan],
    queryFn: ({ signal }) =>
      get<{ openings: Opening[] }>(`/api/v1/maintenance-calendar/preview${query({ ...plan })}`, signal),
    enabled: plan.starts_at !== '' && plan.ends_at !== '',
    placeholderData: keepPreviousData,
    retry: false,
  });
}
