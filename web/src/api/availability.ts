// How long systems answered within a month, against what was agreed with their users.
import { useQuery } from '@tanstack/react-query';
import { get, query } from './client';

/** What one system did in one month. Percents are 0 to 100; *_ms are milliseconds. */
export interface Availability {
  system: string;
  number: string;
  name: string;
  criticality: 'core' | 'important' | 'general';
  calendar: 'always' | 'office';
  objective: number;
  /** Null when nothing is known of the month. */
  availability: number | null;
  met: boolean | null;
  service_ms: number;
  downtime_ms: number;
  budget_ms: number;
  /** Downtime as a part of the budget: 1 is all of it, more is beyond it. Null without a budget. */
  budget_used: number | null;
  unmeasured_ms: number;
  maintenance_ms: number;
  outages: number;
  source: 'probe' | 'target' | 'incidents';
}

/** The month a report is about; its days are those of the organisation's time zone. */
export interface Period {
  month: string;
  zone: string;
  from: string;
  to: string;
  /** The month is not over. */
  running: boolean;
}

export interface Outage {
  from: string;
  /** Null while it lasts. */
  to: string | null;
  downtime_ms: number;
  source: 'probe' | 'target' | 'incident';
  incident: { id: string; number: string; title: string } | null;
}

export interface MonthFigures {
  month: string;
  availability: number | null;
  objective: number;
  met: boolean | null;
  downtime_ms: number;
}

export type AvailabilityReport = Period & { items: Availability[] };
export type SystemAvailability = Period & Availability & { outage_list: Outage[]; months: MonthFigures[] };

const path = '/api/v1/availability';

/** All systems in a month, worst first; null is the month of today. */
export function useAvailability(month: string | null) {
  return useQuery({
    queryKey: ['availability', month],
    queryFn: ({ signal }) => get<AvailabilityReport>(`${path}${query({ month })}`, signal),
    refetchInterval: 60_000,
  });
}

export function useSystemAvailability(system: string, month: string | null) {
  return useQuery({
    queryKey: ['availability', month, system],
    queryFn: ({ signal }) => get<SystemAvailability>(`${path}/${system}${query({ month })}`, signal),
    refetchInterval: 60_000,
  });
}

export function exportAddress(month: string | null): string {
  return `${path}/export${query({ month })}`;
}
