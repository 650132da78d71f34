#!/usr/bin/env python3
"""Live updates: what one person does arrives at the others who may see it, within a second or two."""
import http.client
import json
import threading
import time

from lib.case import ProductCase
from lib.run import run


class Listener:
    """Reads /api/v1/events in a thread and keeps (event, data)."""

    def __init__(self, client):
        self.events = []
        self.connection = http.client.HTTPConnection('127.0.0.1', client.server.port, timeout=30)
        self.connection.request('GET', '/api/v1/events', headers=client.headers('GET'))
        self.response = self.connection.getresponse()
        self.status = self.response.status
        self.type = self.response.getheader('Content-Type', '')
        if self.status == 200:
            threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        event, data = None, []
        try:
            for raw in self.response:
                line = raw.decode().rstrip('\r\n')
                if line.startswith('event:'):
                    event = line[6:].strip()
                elif line.startswith('data:'):
                    data.append(line[5:].strip())
                elif line == '' and data:
                    self.events.append((event, json.loads('\n'.join(data))))
                    event, data = None, []
        except (OSError, ValueError, AttributeError, http.client.HTTPException):
            pass

    def close(self):
        self.connection.close()


class Events(ProductCase):
    def listen(self, account):
        listener = Listener(self.as_(account))
        self.addCleanup(listener.close)
        self.assertEqual(200, listener.status)
        self.assertIn('text/event-stream', listener.type)
        time.sleep(0.2)
        return listener

    def test_a_report_reaches_the_supervisor(self):
        listener = self.listen('zhuguan')
        record = self.report()['id']
        self.eventually(lambda: [data for event, data in listener.events if event == 'record' and data['id'] == record], 5)
        self.eventually(lambda: [data for event, data in listener.events if event == 'task'], 5)

    def test_the_assignee_is_notified(self):
        listener = self.listen('yunwei')
        record = self.report()['id']
        self.do_task(self.as_('zhuguan'), record, 'assess', {'severity': 'major', 'urgency': 'high', 'assignee': self.as_('yunwei').person})
        self.eventually(lambda: [data for event, data in listener.events if event == 'notification'], 10)
        unread = self.ok(self.as_('yunwei').get('/api/v1/notifications', unread='true'))['items']
        self.assertTrue(any(record in item['href'] or 'task' in item['href'] for item in unread), unread)
        self.ok(self.as_('yunwei').post(f'/api/v1/notifications/{unread[0]["id"]}/read'))
        self.ok(self.as_('yunwei').post('/api/v1/notifications/read-all'))
        self.assertEqual([], self.ok(self.as_('yunwei').get('/api/v1/notifications', unread='true'))['items'])

    def test_nobody_hears_nothing(self):
        self.assertEqual(401, Listener(self.nobody()).status)

    def test_the_server_stops_although_somebody_listens(self):
        self.listen('zhuguan')
        began = time.monotonic()
        self.server.restart()
        self.assertLess(time.monotonic() - began, 30)


if __name__ == '__main__':
    run()
