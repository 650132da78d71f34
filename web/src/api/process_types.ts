// Shapes of the HTTP API that speak of processes.
import type { Id, Instant, Labels } from './types';

export interface ProcessProblem {
  /** From 1; 0 when the file as a whole is meant. */
  line: number;
  column: number;
  detail: string;
}

/** A published version. */
export interface ProcessSummary {
  id: Id;
  key: string;
  name: string;
  version: number;
  record_kind: string;
  deployed_at: Instant;
  active: boolean;
  tag?: string | null;
  published_by?: Id | null;
  reason?: string | null;
}

export interface Processes {
  items: ProcessSummary[];
  labels?: Labels;
}

export interface StepActivity {
  element: string;
  open: number;
  done: number;
  average_ms: number;
  longest_ms: number;
}

/** What goes on at the steps of a version. */
export interface Activity {
  since: Instant;
  running: number;
  troubled: number;
  steps: StepActivity[];
}

/** The record a running process moves; its number and title as far as the reader may see it. */
export interface RunningRecord {
  record_kind: string;
  record: Id;
  number?: string;
  title?: string;
}

export interface Instance extends RunningRecord {
  id: Id;
  definition: Id;
  status: 'running' | 'incident' | 'suspended' | 'ended' | 'cancelled';
  started_at: Instant;
  /** Elements it is at. */
  at: string[];
}

export interface InstanceDetail {
  id: Id;
  tokens: { id: number; element: string; name: string; failed: boolean }[];
}

export interface Batch {
  id: Id;
  kind: 'migrate' | 'suspend' | 'resume' | 'cancel';
  definition: Id;
  state: 'running' | 'done';
  total: number;
  done: number;
  refused: number;
  problems: { instance: Id; text: string }[];
  created_at: Instant;
}

/** Which running processes cannot go to another version, and why. */
export interface MigrationCheck {
  items: (RunningRecord & { instance: Id; problems: { element: string; text: string }[] })[];
  looked_at: number;
  next: string | null;
}

/** A service call that needs a person. */
export interface ServiceCall {
  id: Id;
  instance: Id;
  element: string;
  action: string;
  state: 'failed' | 'unknown';
  attempts: number;
  problem: string;
  record_kind: string;
  record: Id;
}

/** A command of a trial, as `process simulate` takes it. */
export type TrialCommand = Record<string, unknown>;

export interface TrialAnswer {
  open: string[];
  ended: boolean;
  variables: Record<string, unknown>;
  events: unknown[];
  error: string | null;
}

export interface Trial {
  answers: TrialAnswer[];
  standing: {
    now: Instant;
    places: { element: string; state: 'waiting' | 'failed' }[];
    timers: { element: string; due: Instant }[];
  };
}
