#!/usr/bin/env python3
"""Live updates: what one person does arrives at the others who may see it, within a second or two."""
import time

from lib.case import ProductCase
from lib.listener import Listener
from lib.run import run


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
