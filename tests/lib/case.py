"""The base of the product's test cases: one server per class, the usual people, and a few wordy assertions."""
import tempfile
import time
import unittest

from lib.client import Client
from lib.pack import quick_pack
from lib.server import SLOW, Server

# account, name, roles
PEOPLE = (
    ('xitong', '系统管理员', ['system_officer']),
    ('anquan', '安全管理员', ['security_officer']),
    ('shenji', '审计管理员', ['audit_officer']),
    ('zhuguan', '王建国', ['operations_supervisor']),
    ('yunwei', '李敏', ['system_operator']),
    ('shebei', '赵强', ['equipment_operator']),
    ('yewu', '张伟', ['business_operator']),
    ('jicha', '陈静', ['auditor']),
)
ROLES = {roles[0]: account for account, _, roles in PEOPLE}


def password(account):
    return f'{account}-Yz-2026-secret'


def accounts():
    return [{'account': account, 'name': name, 'password': password(account), 'roles': roles}
            for account, name, roles in PEOPLE]


def ceremony(server):
    """The first-run set-up through the API."""
    answer = Client(server).post('/api/v1/setup', {'code': server.code(), 'organisation': '市第一医院运行管理部',
                                                   'accounts': accounts()})
    if answer.status not in (200, 201, 204):
        raise AssertionError(f'set-up was refused: {answer}')


class ProductCase(unittest.TestCase):
    server_options = ()
    server_settings = {}
    with_people = True

    @classmethod
    def setUpClass(cls):
        cls.server = Server(*cls.server_options, **cls.server_settings).start()
        cls.clients = {}
        if cls.with_people:
            ceremony(cls.server)

    @classmethod
    def tearDownClass(cls):
        for client in cls.clients.values():
            client.close()
        cls.server.stop()

    @classmethod
    def as_(cls, account, language='zh-CN'):
        """The client of a person who is signed in; kept for the class."""
        key = (account, language)
        if key not in cls.clients:
            client = Client(cls.server, language)
            answer = client.login(account, password(account))
            if answer.status != 201:
                raise AssertionError(f'{account} cannot sign in: {answer}')
            cls.clients[key] = client
        return cls.clients[key]

    @classmethod
    def nobody(cls, language='zh-CN'):
        return Client(cls.server, language)

    def ok(self, answer, status=None):
        if status is None:
            self.assertTrue(200 <= answer.status < 300, answer)
        else:
            self.assertEqual(status, answer.status, answer)
        return answer.json if 'json' in answer.type and 'lines' not in answer.type else answer.body

    def refused(self, answer, status, pointer=None):
        """The answer is a problem of that status (or one of them) that names the field."""
        allowed = status if isinstance(status, tuple) else (status,)
        self.assertIn(answer.status, allowed, answer)
        problem = answer.json
        self.assertEqual(answer.status, problem['status'])
        if pointer is not None:
            self.assertIn(pointer, [error['pointer'] for error in problem.get('errors', [])], problem)
        return problem

    def eventually(self, ask, seconds=30, every=0.1):
        """Asks until the answer is truthy: for what the server does by itself."""
        end = time.monotonic() + seconds * (3 if SLOW else 1)
        while True:
            found = ask()
            if found or time.monotonic() > end:
                self.assertTrue(found, 'it did not happen in time')
                return found
            time.sleep(every)

    # --- the fault process, as the people in it act ---

    def report(self, client=None, **fields):
        client = client or self.as_('yewu')
        body = {'title': '门诊挂号系统打不开', 'description': '点击图标后一直转圈', 'source': 'person', 'scope': 'department', **fields}
        return self.ok(client.post('/api/v1/incidents', body), 201)

    def tasks_of(self, client, record, state='open'):
        found = self.ok(client.get('/api/v1/tasks', state=state, limit=200))['items']
        return [task for task in found if task['record']['id'] == record]

    def do_task(self, client, record, element, fields, vote=None):
        """Claims the record's open task at that element when needed, and completes it."""
        tasks = [task for task in self.tasks_of(client, record)
                 if task['element'] == element and task['assignee'] in (None, client.person)]
        self.assertEqual(1, len(tasks), f'one open task at {element} expected: {tasks}')
        task = tasks[0]
        if task['assignee'] != client.person:
            self.ok(client.post(f'/api/v1/tasks/{task["id"]}/claim'))
        self.ok(client.post(f'/api/v1/tasks/{task["id"]}/complete', {'fields': fields, **({'vote': vote} if vote else {})}))
        return task


class PackCase(ProductCase):
    """The product on a pack of the class's own: the quick one, or what `pack` makes of it."""

    @classmethod
    def pack(cls, folder):
        return quick_pack(folder)

    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory(prefix='yunzhi-pack-')
        cls.addClassCleanup(folder.cleanup)
        cls.server_settings = {**cls.server_settings, 'pack': cls.pack(folder.name)}
        super().setUpClass()
