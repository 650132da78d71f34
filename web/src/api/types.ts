// Shapes of the HTTP API, as /openapi.json describes them.

export type Instant = string;
export type Id = string;

export interface Page<T> {
  items: T[];
  next: string | null;
  total?: { count: number; exact: boolean };
}

export interface Fault {
  pointer: string;
  detail: string;
}

export interface Problem {
  type: string;
  title: string;
  status: number;
  detail?: string;
  errors?: Fault[];
  request_id?: string;
}

export interface Setup {
  needed: boolean;
  organisation?: string;
  demo: boolean;
}

export interface SetupAccount {
  account: string;
  name: string;
  password: string;
  roles: string[];
}

export interface Person {
  id: Id;
  name: string;
  account: string;
  roles: string[];
  unit: string | null;
  post: string | null;
  language: string | null;
}

export interface Session {
  person: Person;
  permissions: Record<string, string>;
  csrf: string;
  expires_at: Instant;
  organisation?: string;
  demo?: boolean;
  version?: string;
}

/** Who does my steps while I am away. */
export interface Deputy {
  id: Id;
  person: Id;
  deputy: Id;
  starts_at: Instant;
  ends_at: Instant;
  reason?: string;
}

export interface ApiToken {
  id: Id;
  name: string;
  created_at: Instant;
  last_used_at?: Instant | null;
  expires_at?: Instant | null;
  token?: string;
}

export interface Account {
  id: Id;
  account: string;
  person: { id: Id; name: string };
  roles: string[];
  disabled: boolean;
  created_at?: Instant;
  last_login_at?: Instant | null;
}

export interface Role {
  id: string;
  name: Record<string, string>;
  grants: string[];
  excludes: string[];
}

export type Labels = Record<Id, string>;

/** Any record: the fields its module describes, and these. */
export interface RecordData {
  id: Id;
  number: string;
  version: number;
  created_at: Instant;
  updated_at: Instant;
  labels?: Labels;
  /** Whole in a detail; in a list only name, target, met and breached. */
  clocks?: Clock[];
  tasks?: Task[];
  [field: string]: unknown;
}

export interface Clock {
  name: string;
  state: 'running' | 'paused' | 'met' | 'breached' | 'stopped';
  target_at: Instant | null;
  met_at?: Instant | null;
  elapsed_ms: number;
  remaining_ms: number;
  breached: boolean;
  explanation: ClockMove[];
}

/** The clock changed its pace because the record changed its state. */
export interface ClockMove {
  at: Instant;
  mode: 'running' | 'paused' | 'stopped';
  state: string;
  elapsed_ms: number;
}

export interface TimelineItem {
  seq: number;
  at: Instant;
  kind: string;
  action: string;
  actor: { id: Id; name: string | null } | null;
  detail: unknown;
}

export interface Comment {
  id: Id;
  at: Instant;
  author: Id;
  text: string;
}

export interface Attachment {
  id: Id;
  name: string;
  type: string;
  size: number;
  created_at: Instant;
  created_by?: string | null;
}

export interface ImportReport {
  accepted: number;
  checked: number;
  errors: { line: number; pointer: string; detail: string }[];
}

export interface RecordLink {
  id: Id;
  kind: string;
  record: Id;
  relation: string;
  outgoing: boolean;
  number: string;
  title: string;
}

export interface Diagram {
  xml: string;
  active: string[];
  visited: string[];
  flows: string[];
}

export interface TaskRecord {
  kind: string;
  id: Id;
  number: string;
  title: string;
  priority?: string | null;
  state: string;
}

export interface Task {
  id: Id;
  name: string;
  element: string;
  record: TaskRecord;
  role: string;
  assignee: Id | null;
  due_at: Instant | null;
  created_at: Instant;
  claimable: boolean;
  state?: string;
  /** Of a signature that was asked for: before, beside or after the step. */
  place?: string | null;
  labels?: Labels;
}

export interface FormField {
  name: string;
  kind?: string;
  required?: boolean;
  choices?: string[];
  target?: string | null;
  hint?: string;
  readonly?: boolean;
}

export interface FieldSchema {
  title?: string;
  description?: string;
  minLength?: number;
  type?: string | string[];
  format?: string;
  enum?: (string | null)[];
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  'x-kind'?: string;
  'x-reference'?: string;
}

export interface ObjectSchema {
  properties: Record<string, FieldSchema>;
  required?: string[];
}

export interface TaskForm {
  fields: FormField[];
  schema: ObjectSchema | null;
  action: string;
}

export interface TaskDetail extends Omit<Task, 'record'> {
  form: TaskForm;
  /** Whether completing it is a vote. */
  votes?: boolean;
  record: RecordData & { kind?: string };
}

/** A choice that the pack offers for a field. */
export interface OfferedChoice {
  value: string;
  title: Record<string, string>;
  hint: Record<string, string>;
}

export interface ModuleField {
  name: string;
  kind: string;
  required: boolean;
  choices?: string[];
  offered?: OfferedChoice[];
  target?: string | null;
  in_list?: boolean;
  creatable?: boolean;
  editable?: boolean;
  sortable?: boolean;
}

export interface ModuleDescription {
  kind: string;
  plural: string;
  fields: ModuleField[];
  states?: string[];
  /** States a record ends in. */
  closed?: string[];
}

export interface Alert {
  id: Id;
  name: string;
  labels: Record<string, string>;
  annotations: Record<string, string>;
  state: 'firing' | 'pending' | 'resolved';
  severity: string;
  active_at: Instant;
  fired_at?: Instant | null;
  resolved_at?: Instant | null;
  value?: number | null;
  /** Fired again and again of late; over once it was calm for long enough. */
  flapping?: boolean;
  incident?: Id | null;
  system?: Id | null;
  /** Why it opened no fault: planned work, or the system it stands on is down. */
  maintenance_window?: Id | null;
  caused_by?: Id | null;
  /** Somebody asked for silence. */
  silence?: Id | null;
  acknowledged_by?: Id | null;
  acknowledged_at?: Instant | null;
  /** Names of the ids in this answer. */
  record_labels?: Labels;
}

export interface LogLine {
  /** Tells lines of one answer apart. */
  key: string;
  time: Instant;
  level: string;
  host: string;
  app: string;
  message: string;
  labels: Record<string, string>;
}

/** One way an alert took: a step (0 is the first telling), whom, by what. */
export interface Delivery {
  at: Instant;
  step: number;
  person?: Id | null;
  name?: string | null;
  channel: string;
  target: string;
  state: 'delivered' | 'waiting' | 'dead' | 'not_sent';
  reason?: string | null;
  attempts: number;
  sent_at?: Instant | null;
}

/** What would happen if a rule fired now. */
export interface TestFire {
  rule: { name: string; group: string; expr: string; last_error?: string | null };
  suppressed: { holds: boolean; silence?: Id | null; maintenance_window?: Id | null; caused_by?: Id | null };
  opens_fault: boolean;
  steps: { step: number; after: string; role: string; people: Record<Id, { name: string }> }[];
  receivers: { name: string }[];
  sent: { person?: Id | null; channel: string; target: string; reason?: string | null }[];
}

export interface Rule {
  name: string;
  /** Writes a series instead of alerting. */
  recording: boolean;
  group: string;
  file: string;
  expr: string;
  for_ms: number;
  labels: Record<string, string>;
  annotations: Record<string, string>;
  last_error: string | null;
  last_run: Instant | null;
  alerts: { state: string; labels: Record<string, string>; active_at: Instant; value: number }[];
}

export interface Target {
  job: string;
  instance: string;
  /** The name of the system of the register; none of targets that are set elsewhere. */
  system?: string | null;
  template_title?: string | null;
  url?: string;
  state: 'up' | 'down' | 'unknown';
  last_error: string | null;
  /** The same in the reader's language. */
  reason?: string | null;
  last_scrape: Instant | null;
  seconds: number;
  samples: number;
}

/** A text, or one text per language. */
export type Wording = string | Record<string, string>;

export interface ChartDefinition {
  id: string;
  title: Wording;
  unit: string;
  /** One expression, or several with a name each. */
  expr?: string;
  series?: { expr: string; name?: Wording }[];
  /** Drawn as lines: from where it deserves attention, from where action. */
  warning?: number | null;
  critical?: number | null;
  minimum?: number | null;
  maximum?: number | null;
  /** The label that tells the lines of one expression apart. */
  legend?: string | null;
}

export type ClauseState = 'held' | 'violated' | 'stale' | 'no_control';

export interface ClauseSummary {
  id: string;
  kind: 'chapter' | 'section' | 'clause';
  chapter: string;
  title: string;
  owner?: string;
  /** Null for chapters and sections, which are not judged themselves. */
  state: ClauseState | null;
  controls: number;
  violations?: number;
  checked_at: Instant | null;
}

export interface Evidence {
  title: string;
  href: string;
  note?: string | null;
  at?: Instant | null;
}

export interface Control {
  id: string;
  title: string;
  expected: number | null;
  violations: number | null;
  checked_at: Instant | null;
  sentence: string | null;
  /** The query that finds violations. */
  query?: string;
  /** Why the check itself failed. */
  failure?: string | null;
  evidence: Evidence[];
  trend?: { day: string; expected: number; violations: number }[] | null;
}

export interface ClauseDetail {
  id: string;
  title: string;
  text: string;
  owner?: string;
  state: ClauseState | null;
  controls: Control[];
}

export interface LedgerEntry {
  seq: number;
  at: Instant;
  actor: string;
  action: string;
  subject: string;
  change: unknown;
  hash: string;
}

export interface Verification {
  ok: boolean;
  entries: number;
  first_bad: number | null;
}

export interface Notification {
  id: Id;
  at: Instant;
  title: string;
  body: string;
  href: string;
  read: boolean;
}

export interface Overview {
  incidents: { open: number; by_priority: Record<string, number>; breached: number; today: number };
  tasks: { mine: number; overdue: number };
  alerts: { firing: number };
  availability: { system: Id; name: string; ratio_30d: number | null }[];
  clauses: { held: number; violated: number; stale: number; no_control: number };
  on_duty: { person: Id; name: string; role: string }[];
}

export interface DutyOccurrence {
  id: Id;
  duty: string;
  title: string;
  clause: string;
  role: string;
  state: 'planned' | 'done' | 'missed';
  /** Belongs to a role of the reader. */
  mine: boolean;
  due_at: Instant;
  /** When it is missed. */
  until_at: Instant;
  done_by: Id | null;
  done_at: Instant | null;
  note: string | null;
}

export interface SearchHit {
  kind: string;
  id: Id;
  number: string;
  title: string;
}

/** Prometheus' own answers. */
export interface Series {
  metric: Record<string, string>;
  value?: [number, string];
  values?: [number, string][];
}

export interface QueryResult {
  resultType: 'matrix' | 'vector' | 'scalar' | 'string';
  result: Series[] | [number, string];
}
