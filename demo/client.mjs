// The public API as the demonstration uses it: one client for each person who signs in.

/** A refusal of the server, with the problem it sent. */
export class Refused extends Error {
  constructor(method, path, status, problem) {
    const reasons = (problem.errors ?? []).map((each) => `${each.pointer}: ${each.detail}`).join('; ');
    super(`${method} ${path} → ${status} ${problem.detail ?? problem.title ?? ''} ${reasons}`.trim());
    this.status = status;
  }
}

async function answer_of(response) {
  const text = await response.text();
  try {
    return text === '' ? {} : JSON.parse(text);
  } catch {
    return { detail: text.slice(0, 200) };
  }
}

export class Client {
  constructor(server, token) {
    this.server = server.replace(/\/$/, '');
    this.token = token;
  }

  /** Sends one request; throws Refused unless the server agrees. */
  async send(method, path, body, headers = {}) {
    const lines = typeof body === 'string';
    const response = await fetch(`${this.server}/api/v1${path}`, {
      method,
      headers: {
        Accept: 'application/json',
        'Accept-Language': 'zh-CN',
        ...(body === undefined ? {} : { 'Content-Type': lines ? 'application/x-ndjson' : 'application/json' }),
        ...(this.token ? { Authorization: `Bearer ${this.token}` } : {}),
        ...headers,
      },
      body: body === undefined || lines ? body : JSON.stringify(body),
    });
    const answer = await answer_of(response);
    if (!response.ok) throw new Refused(method, path, response.status, answer);
    return { ...answer, etag: response.headers.get('etag') };
  }

  get = (path) => this.send('GET', path);
  post = (path, body = {}) => this.send('POST', path, body);
  import_lines = (path, lines) => this.send('POST', path, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));

  /** Changes a record as it stands now. */
  async change(path, patch) {
    const { etag } = await this.get(path);
    return this.send('PATCH', path, patch, etag ? { 'If-Match': etag } : {});
  }

  /** Every item of a list, page by page. */
  async all(path) {
    const items = [];
    for (let after = ''; ; ) {
      const page = await this.get(`${path}${path.includes('?') ? '&' : '?'}limit=100${after}`);
      items.push(...page.items);
      if (!page.next) return items;
      after = `&after=${encodeURIComponent(page.next)}`;
    }
  }
}

/** A client that acts as the person of the account. */
export async function sign_in(server, account, password) {
  const session = await new Client(server).post('/sessions', { account, password, bearer: true });
  return new Client(server, session.token);
}
