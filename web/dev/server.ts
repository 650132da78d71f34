// A small server for looking at pages: fixture answers, and the same content security policy as the
// product, so that a style or script the policy forbids shows while it is written. Never bundled.
import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Connect, Plugin } from 'vite';
import { answer, session } from './answers.ts';
import { bpmn, incidents } from './fixtures.ts';

interface Doors {
  signedIn: boolean;
  setup: boolean;
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.statusCode = status;
  response.setHeader('Content-Type', status >= 400 ? 'application/problem+json' : 'application/json');
  response.end(JSON.stringify(body));
}

function refuse(response: ServerResponse, status: number, title: string, errors: unknown[] = []): void {
  send(response, status, { type: 'about:blank', title, status, errors, request_id: 'r-demo' });
}

async function bodyOf(request: IncomingMessage): Promise<Record<string, unknown>> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  try {
    return JSON.parse(Buffer.concat(parts).toString('utf8')) as Record<string, unknown>;
  } catch {
    return {};
  }
}

async function change(
  doors: Doors,
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await bodyOf(request);
  if (path === '/api/v1/sessions' && request.method === 'POST') {
    doors.signedIn = body.password !== 'wrong';
    if (!doors.signedIn) return refuse(response, 401, '账号或密码不对');
    return send(response, 201, session);
  }
  if (path === '/api/v1/sessions/current' && request.method === 'DELETE') doors.signedIn = false;
  if (path === '/api/v1/setup') doors.setup = false;
  if (path.endsWith('/complete') && JSON.stringify(body).includes('拒绝'))
    return refuse(response, 422, '有内容需要改正', [
      { pointer: '/fields/diagnosis', detail: '不能只写“拒绝”' },
    ]);
  if (path === '/api/v1/processes/check') return send(response, 200, { problems: [] });
  if (path.endsWith('/import')) return send(response, 200, { accepted: 2, checked: 2, errors: [] });
  if (path === '/api/v1/incidents') return send(response, 201, { ...incidents[0], ...body });
  send(response, 200, {});
}

function middleware(doors: Doors): Connect.NextHandleFunction {
  return (request, response, next) => {
    const address = new URL(request.url ?? '/', 'http://localhost');
    const path = address.pathname;
    const ours = path.startsWith('/api/') || path.startsWith('/prometheus/') || path === '/openapi.json';
    if (!ours) return next();
    if (path === '/api/v1/events') {
      response.setHeader('Content-Type', 'text/event-stream');
      response.write(': open\n\n');
      return undefined;
    }
    if (request.method !== 'GET') return void change(doors, path, request, response);
    if (path === '/api/v1/setup')
      return send(response, 200, { needed: doors.setup, organisation: '云岭医院', demo: true });
    if (!doors.signedIn || doors.setup) return refuse(response, 401, '请登录');
    if (path === '/api/v1/sessions/current') return send(response, 200, session);
    if (path.endsWith('/xml')) return void response.end(bpmn);
    const found = answer(path, address.searchParams);
    return found === undefined ? refuse(response, 404, '没有找到') : send(response, 200, found);
  };
}

/** The built index with a fresh nonce and the product's policy. */
function indexWithPolicy(folder: string): Connect.NextHandleFunction {
  return (request, response, next) => {
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    if (/\.\w+$/.test(path)) return next();
    const nonce = randomBytes(16).toString('base64');
    response.setHeader('Content-Type', 'text/html');
    response.setHeader(
      'Content-Security-Policy',
      `default-src 'none'; script-src 'self'; style-src 'self' 'nonce-${nonce}'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'`,
    );
    response.end(readFileSync(join(folder, 'index.html'), 'utf8').replaceAll('__NONCE__', nonce));
    return undefined;
  };
}

export function demonstrationServer(): Plugin {
  const doors: Doors = {
    signedIn: process.env.DEMO_DOOR === undefined,
    setup: process.env.DEMO_DOOR === 'setup',
  };
  let folder = '';
  return {
    name: 'demonstration-server',
    configResolved(config) {
      folder = join(config.root, config.build.outDir);
    },
    configureServer: (server) => void server.middlewares.use(middleware(doors)),
    configurePreviewServer(server) {
      server.middlewares.use(middleware(doors));
      server.middlewares.use(indexWithPolicy(folder));
    },
  };
}
