"""An HTTP client for one person: keeps the session, and holds every answer to the contract."""
import http.client
import json
from urllib.parse import quote, urlencode

from lib.contract import Contract

UNSAFE = ('POST', 'PUT', 'PATCH', 'DELETE')


class Answer:
    def __init__(self, response, body):
        self.status = response.status
        self.headers = {name.lower(): value for name, value in response.getheaders()}
        self.cookies = [value for name, value in response.getheaders() if name.lower() == 'set-cookie']
        self.body = body

    @property
    def type(self):
        return self.headers.get('content-type', '').split(';')[0]

    @property
    def json(self):
        return json.loads(self.body) if self.body else None

    def __repr__(self):
        return f'{self.status} {self.body[:500].decode(errors="replace")}'


class Client:
    covered = set()   # (method, path template) answered with 2xx, of all clients of this program
    contracts = {}    # by server address

    def __init__(self, server, language='zh-CN'):
        self.server = server
        self.language = language
        self.cookie = self.csrf = self.bearer = None
        self.session = {}
        self.check = True
        self.connection = None

    def contract(self):
        known = Client.contracts.get(self.server.address)
        if known is None:
            document = self.raw('GET', '/openapi.json').json
            known = Client.contracts[self.server.address] = Contract(document)
        return known

    def raw(self, method, path, body=None, headers=None, timeout=60):
        """One exchange without conveniences; reconnects once when the kept connection was closed."""
        for attempt in (1, 2):
            if self.connection is None:
                self.connection = http.client.HTTPConnection('127.0.0.1', self.server.port, timeout=timeout)
            try:
                self.connection.request(method, path, body=body, headers=headers or {})
                response = self.connection.getresponse()
                return Answer(response, response.read())
            except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError):
                self.close()
                if attempt == 2:
                    raise
            except BaseException:
                self.close()
                raise

    def close(self):
        if self.connection is not None:
            self.connection.close()
        self.connection = None

    def headers(self, method):
        headers = {'Accept-Language': self.language}
        if self.bearer:
            headers['Authorization'] = 'Bearer ' + self.bearer
        elif self.cookie:
            headers['Cookie'] = self.cookie
            if method in UNSAFE and self.csrf:
                headers['X-CSRF-Token'] = self.csrf
        return headers

    def call(self, method, path, body=None, headers=None, **query):
        """`body` may be bytes, or anything that becomes JSON; query values of None are left out."""
        sent = self.headers(method)
        if body is not None and not isinstance(body, bytes):
            body = json.dumps(body, ensure_ascii=False).encode()
            sent['Content-Type'] = 'application/json'
        sent.update(headers or {})
        query = {name.replace('__', '.'): value for name, value in query.items() if value is not None}
        if query:
            path += '?' + urlencode(query, quote_via=quote)
        answer = self.raw(method, path, body, sent)
        if self.check:
            self.hold_to_contract(method, path, answer)
        return answer

    def hold_to_contract(self, method, path, answer):
        template = self.contract().template(method, path)
        if answer.status >= 400:
            if path.startswith('/prometheus/api/v1/') and (answer.type == 'text/plain' or answer.json.get('status') == 'error'):
                return  # these speak as Prometheus does
            if answer.type != 'application/problem+json':
                raise AssertionError(f'{method} {path}: a refusal must be a problem document, not {answer.type}: {answer}')
            for name in ('type', 'title', 'status'):
                if name not in answer.json:
                    raise AssertionError(f'{method} {path}: the problem lacks {name}: {answer}')
        if template is None or not 200 <= answer.status < 300:
            return
        value = answer.json if 'json' in answer.type and 'lines' not in answer.type else answer.body.decode(errors='replace')
        faults = self.contract().answer_faults(method, template, answer.status, answer.type, value)
        if faults:
            raise AssertionError(f'{method} {template} -> {answer.status} is not as /openapi.json says: {faults[:8]}\n{answer}')
        Client.covered.add((method, template))

    def get(self, path, **query):
        return self.call('GET', path, **query)

    def post(self, path, body=None, headers=None, **query):
        return self.call('POST', path, body, headers, **query)

    def patch(self, path, body=None, headers=None, **query):
        return self.call('PATCH', path, body, headers, **query)

    def delete(self, path, headers=None, **query):
        return self.call('DELETE', path, None, headers, **query)

    def login(self, account, password, bearer=False):
        answer = self.post('/api/v1/sessions', {'account': account, 'password': password, **({'bearer': True} if bearer else {})})
        if answer.status == 201:
            self.session = answer.json
            if bearer:
                self.bearer = answer.json['token']
            else:
                self.cookie = answer.cookies[0].split(';')[0] if answer.cookies else None
                self.csrf = answer.json['csrf']
        return answer

    @property
    def person(self):
        return self.session['person']['id']
