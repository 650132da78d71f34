// Requests to the server: JSON in and out, the session's CSRF token, problems as exceptions.
import { currentLanguage } from '@/kit/words';
import type { Fault, Problem } from './types';

/** A refusal of the server (RFC 9457), or the absence of an answer (status 0). */
export class ApiProblem extends Error {
  readonly status: number;
  readonly title: string;
  readonly detail: string | undefined;
  readonly errors: Fault[];
  readonly request_id: string | undefined;

  constructor(status: number, problem: Partial<Problem>) {
    super(problem.detail ?? problem.title ?? String(status));
    this.status = status;
    this.title = problem.title ?? String(status);
    this.detail = problem.detail;
    this.errors = problem.errors ?? [];
    this.request_id = problem.request_id;
  }
}

let csrf = '';

export function keepCsrf(token: string): void {
  csrf = token;
}

export interface Answer<T> {
  data: T;
  etag: string | null;
}

interface Options {
  method?: string;
  body?: unknown;
  raw?: Blob;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

function headersOf({ method = 'GET', body, raw, headers }: Options): Headers {
  const made = new Headers({
    Accept: 'application/json',
    'Accept-Language': currentLanguage() ?? 'zh-CN',
    ...headers,
  });
  if (body !== undefined) made.set('Content-Type', 'application/json');
  if (raw) made.set('Content-Type', raw.type || 'application/octet-stream');
  if (method !== 'GET' && csrf) made.set('X-CSRF-Token', csrf);
  return made;
}

async function problemOf(response: Response): Promise<ApiProblem> {
  try {
    return new ApiProblem(response.status, (await response.json()) as Problem);
  } catch {
    return new ApiProblem(response.status, { title: `HTTP ${response.status}` });
  }
}

export async function call<T>(path: string, options: Options = {}): Promise<Answer<T>> {
  let response: Response;
  try {
    response = await fetch(path, {
      method: options.method ?? 'GET',
      headers: headersOf(options),
      body: options.raw ?? (options.body === undefined ? undefined : JSON.stringify(options.body)),
      credentials: 'same-origin',
      signal: options.signal,
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ApiProblem(0, { title: 'offline' });
  }
  if (!response.ok) throw await problemOf(response);
  const body = await response.text();
  return { data: (body ? JSON.parse(body) : null) as T, etag: response.headers.get('ETag') };
}

export async function get<T>(path: string, signal?: AbortSignal): Promise<T> {
  return (await call<T>(path, { signal })).data;
}

export async function text(path: string, signal?: AbortSignal): Promise<string> {
  const response = await fetch(path, { headers: headersOf({}), credentials: 'same-origin', signal });
  if (!response.ok) throw await problemOf(response);
  return response.text();
}

/** A new thing. The key makes a repeated send harmless. */
export async function post<T>(path: string, body: unknown = {}): Promise<T> {
  const headers = { 'Idempotency-Key': crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}` };
  return (await call<T>(path, { method: 'POST', body, headers })).data;
}

export async function patch<T>(path: string, body: unknown, version?: number): Promise<T> {
  const headers: Record<string, string> = version === undefined ? {} : { 'If-Match': `"${version}"` };
  return (await call<T>(path, { method: 'PATCH', body, headers })).data;
}

export async function remove(path: string): Promise<void> {
  await call(path, { method: 'DELETE' });
}

export async function upload<T>(path: string, file: File): Promise<T> {
  const address = `${path}?name=${encodeURIComponent(file.name)}`;
  return (await call<T>(address, { method: 'POST', raw: file })).data;
}

/** Query string without the empty values. */
export function query(values: Record<string, string | number | boolean | null | undefined>): string {
  const made = new URLSearchParams();
  for (const [name, value] of Object.entries(values))
    if (value !== null && value !== undefined && value !== '') made.set(name, String(value));
  const written = made.toString();
  return written ? `?${written}` : '';
}

/** Messages by field name, from the JSON pointers of a problem ("/fields/severity" and "/severity" alike). */
export function faultsByField(error: unknown): Record<string, string> {
  if (!(error instanceof ApiProblem)) return {};
  const faults: Record<string, string> = {};
  for (const fault of error.errors) {
    const name = fault.pointer.replace(/^\/(fields\/)?/, '').split('/')[0] ?? '';
    faults[name] = faults[name] ? `${faults[name]} ${fault.detail}` : fault.detail;
  }
  return faults;
}
