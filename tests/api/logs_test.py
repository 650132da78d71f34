#!/usr/bin/env python3
"""Log lines through the product: pushed and by syslog, searched, counted, told of by nobody who may not."""
import gzip
import json
import socket
import time

from lib.case import ProductCase
from lib.ports import free_port
from lib.run import run
from lib.server import QUICK

UDP, TCP = free_port(), free_port()
SETTINGS = QUICK + f'''
[logs]
retention = "P1D"

[[syslog]]
transport = "udp"
listen = "127.0.0.1:{UDP}"

[[syslog]]
transport = "tcp"
listen = "127.0.0.1:{TCP}"

[[log_patterns]]
name = "disk_error"
pattern = "I/O error"
'''
PUSH = '/prometheus/api/v1/logs'
TYPE = {'Content-Type': 'application/x-ndjson'}


def rows(*lines):
    return '\n'.join(json.dumps(line, ensure_ascii=False) for line in lines).encode()


class Logs(ProductCase):
    server_settings = {'config': SETTINGS}

    def lines(self, **query):
        return self.ok(self.as_('zhuguan').get(PUSH, **query))['data']['lines']

    def push(self, body, headers=TYPE):
        return self.as_('yunwei').post(PUSH, body, headers)

    def test_1_what_is_pushed_is_found_page_by_page_newest_first(self):
        now = time.time()
        sent = [{'time': now - 100 + i, 'host': 'db1', 'app': 'pg', 'level': 'warning', 'message': f'第 {i} 行', 'pid': i}
                for i in range(7)]
        self.ok(self.push(rows(*sent)))
        found, cursor = [], None
        while True:
            page = self.ok(self.as_('zhuguan').get(PUSH, app='pg', limit=3, cursor=cursor))['data']
            found += page['lines']
            cursor = page.get('cursor')
            if not cursor:
                break
        self.assertEqual([f'第 {i} 行' for i in reversed(range(7))], [line['message'] for line in found])
        self.assertEqual({'pid': '6'}, found[0]['labels'])
        self.assertEqual(['第 3 行'], [line['message'] for line in self.lines(text='第 3', level='warning', host='db1')])
        self.assertEqual([], self.lines(text='第 3', level='error'))

    def test_2_a_packed_body_is_taken(self):
        body = gzip.compress(rows({'host': 'packed', 'message': 'gzip'}))
        self.ok(self.push(body, TYPE | {'Content-Encoding': 'gzip'}))
        self.assertEqual(1, len(self.lines(host='packed')))

    def test_3_lines_are_counted_into_series_that_queries_read(self):
        self.ok(self.push(rows({'host': 'st1', 'app': 'kernel', 'level': 'error', 'message': 'sda: I/O error'},
                               {'host': 'st1', 'app': 'kernel', 'message': 'fine'})))
        ask = lambda query: self.ok(self.as_('zhuguan').get('/prometheus/api/v1/query', query=query))['data']['result']
        found = self.eventually(lambda: ask('log_pattern_lines_total{pattern="disk_error",host="st1"}'))
        self.assertEqual('1', found[0]['value'][1])
        self.assertEqual(2, sum(int(one['value'][1]) for one in ask('log_lines_total{host="st1"}')))
        self.assertTrue(ask('increase(log_pattern_lines_total{pattern="disk_error"}[1m]) > 0'))

    def test_4_syslog_is_taken_by_datagram_and_by_connection(self):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
            sender.sendto('<11>1 - sw1 link - - - 端口 7 断开'.encode(), ('127.0.0.1', UDP))
        with socket.create_connection(('127.0.0.1', TCP)) as sender:
            counted = '<14>1 - sw3 app - - [a b="c"] 按长度'.encode()
            sender.sendall(b'<13>Jan  1 00:00:00 sw2 cron[9]: of a year\n' + b'%d ' % len(counted) + counted)
        self.eventually(lambda: self.lines(host='sw1') and self.lines(host='sw3'), 10)
        line = self.lines(host='sw1')[0]
        self.assertEqual(('error', 'link', '端口 7 断开'), (line['level'], line['app'], line['message']))
        self.assertEqual({'facility': 'user', 'a.b': 'c'}, self.lines(host='sw3')[0]['labels'])
        self.assertEqual(1, len(self.lines(host='sw2', start='2000-01-01T00:00:00Z', end='2100-01-01T00:00:00Z')))

    def test_5_what_makes_no_sense_is_refused_whole(self):
        for body in (b'[]', b'{', rows({'message': 'kept?'}, {'message': 7}), rows({'message': 'x', 'level': 'loud'}), b'\xff'):
            with self.subTest(body):
                self.assertEqual(400, self.push(body).status)
        self.assertEqual(400, self.push(b'no gzip', TYPE | {'Content-Encoding': 'gzip'}).status)
        self.assertEqual([], self.lines(text='kept?'))
        for query in ({'level': 'loud'}, {'cursor': 'x'}, {'start': 'x'}, {'limit': 'x'}):
            with self.subTest(query):
                self.assertEqual(400, self.as_('zhuguan').get(PUSH, **query).status)

    def test_6_who_may_not_neither_writes_nor_reads(self):
        self.assertEqual(401, self.nobody().get(PUSH).status)
        self.assertEqual(401, self.nobody().post(PUSH, rows({'message': 'x'}), TYPE).status)
        self.assertEqual(403, self.as_('yewu').post(PUSH, rows({'message': 'x'}), TYPE).status)
        self.assertEqual(403, self.as_('yewu').get(PUSH).status)

    def test_7_lines_survive_a_kill(self):
        self.ok(self.push(rows({'host': 'killed', 'message': 'still here'})))
        self.server.kill()
        self.server.start()
        self.clients.clear()
        self.assertEqual(1, len(self.lines(host='killed')))


if __name__ == '__main__':
    run()
