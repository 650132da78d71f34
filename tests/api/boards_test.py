#!/usr/bin/env python3
"""Boards that people keep: made, shared, changed by one at a time, with versions, from Grafana and to a file."""
import copy

from lib.case import ProductCase
from lib.grafana import node_exporter
from lib.run import run

BOARDS = '/api/v1/boards'


def content(title, *panels, **more):
    return {'title': title, 'rows': [{'title': '', 'panels': list(panels)}], **more}


def chart(expr='up', **more):
    return {'kind': 'chart', 'queries': [{'expr': expr}], **more}


class Boards(ProductCase):
    def make(self, title, *panels, account='yunwei', **more):
        return self.ok(self.as_(account).post(BOARDS, content(title, *panels, **more)), 201)

    def save(self, board, given, account='yunwei'):
        return self.as_(account).call('PUT', f'{BOARDS}/{board["id"]}', {**given, 'base': board['version']})

    def share(self, board, account='yunwei', **sharing):
        return self.as_(account).call('PUT', f'{BOARDS}/{board["id"]}/sharing', sharing)

    def titles(self, account, **query):
        return [one['title'] for one in self.ok(self.as_(account).get(BOARDS, **query))['items']]

    def entries(self, action):
        found = self.ok(self.as_('jicha').get('/api/v1/ledger', limit=200))['items']
        return [one for one in found if one['action'] == action]

    def test_a_board_is_given_back_whole(self):
        made = self.make('机房', chart('rate(a[5m])', unit='bytes/s', thresholds=[{'from': 80, 'tone': 'orange'}, {'from': 90, 'tone': 'red'}]),
                         variables=[{'name': 'instance', 'label_name': 'instance', 'selector': 'up', 'many': True}])
        read = self.ok(self.as_('yunwei').get(f'{BOARDS}/{made["id"]}'))
        self.assertEqual(made, read)
        panel = read['rows'][0]['panels'][0]
        self.assertEqual(('panel-1', 6, 'bytes/s', [80, 90]),
                         (panel['id'], panel['span'], panel['unit'], [one['from'] for one in panel['thresholds']]))
        self.assertEqual((1, '李敏', True, True, 'nobody'),
                         (read['version'], read['owner_name'], read['mine'], read['may_edit'], read['sharing']['with']))
        self.assertTrue(self.entries('board.create'))

    def test_what_is_wrong_is_told_with_its_place(self):
        operator = self.as_('yunwei')
        two = [chart(id='a'), chart(id='a')]
        for given, pointer in (
                (content(''), '/title'), (content('x', {'kind': 'pie'}), '/rows/0/panels/0/kind'),
                (content('x', chart(span=13)), '/rows/0/panels/0/span'), (content('x', *two), '/rows/0/panels/1/id'),
                (content('x', chart('')), '/rows/0/panels/0/queries/0/expr'), (content('x', chart(colour=1)), '/rows/0/panels/0/colour'),
                (content('x', chart(thresholds=[{'from': 2}, {'from': 1}])), '/rows/0/panels/0/thresholds/1/from'),
                (content('x', variables=[{'name': 'a b', 'label_name': 'x'}]), '/variables/0/name'),
                (content('x', variables=[{'name': 'a'}]), '/variables/0/label_name'),
                (content('x', range_s=1), '/range_s'), (content('x', *[chart()] * 251), '/rows/0/panels'),
                (content('x', *[chart()] * 126) | {'rows': [{'panels': [chart()] * 126}] * 2}, '/rows'),
                (content('x', chart('y' * 5001)), '/rows/0/panels/0/queries/0/expr')):
            with self.subTest(pointer):
                self.refused(operator.post(BOARDS, given), 422, pointer)

    def test_a_private_board_does_not_exist_for_others(self):
        made = self.make('私人', chart())
        at = f'{BOARDS}/{made["id"]}'
        for account in ('zhuguan', 'shebei', 'jicha'):
            client = self.as_(account)
            for path in ('', '/export', '/versions', '/versions/1'):
                self.refused(client.get(at + path), 404)
            self.assertNotIn('私人', self.titles(account))
        self.refused(self.save(made, content('抢', chart()), 'zhuguan'), 404)
        self.refused(self.share(made, 'zhuguan', **{'with': 'everybody'}), 404)
        self.refused(self.as_('shebei').delete(at), 404)
        self.refused(self.as_('shebei').post(at + '/versions/1/restore', {'base': 1}), 404)

    def test_who_may_not_ask_the_monitoring_or_keep_boards_is_refused(self):
        self.refused(self.as_('yewu').get(BOARDS), 403)
        self.refused(self.as_('jicha').post(BOARDS, content('x')), 403)
        self.assertEqual(401, self.nobody().get(BOARDS).status)

    def test_a_board_is_shared_with_a_role_to_look_at_and_then_to_change(self):
        made = self.make('共享', chart())
        at = f'{BOARDS}/{made["id"]}'
        self.ok(self.share(made, **{'with': 'roles', 'roles': ['equipment_operator']}))
        self.assertIn('共享', self.titles('shebei'))
        self.assertNotIn('共享', self.titles('jicha'))
        read = self.ok(self.as_('shebei').get(at))
        self.assertEqual((False, False, False), (read['mine'], read['may_edit'], read['may_own']))
        problem = self.refused(self.save(read, content('改', chart()), 'shebei'), 403)
        self.assertIn('李敏', str(problem))
        self.ok(self.share(made, **{'with': 'roles', 'roles': ['equipment_operator'], 'editable': True}))
        self.assertEqual(2, self.ok(self.save(read, content('改', chart()), 'shebei'))['version'])
        self.refused(self.as_('shebei').delete(at), 403)
        self.refused(self.share(made, 'shebei', **{'with': 'nobody'}), 403)
        for sharing, pointer in (({'with': 'roles'}, '/roles'), ({'with': 'roles', 'roles': ['king']}, '/roles'), ({'with': 'all'}, '/with')):
            self.refused(self.share(made, **sharing), 422, pointer)
        self.ok(self.share(made, **{'with': 'everybody'}))
        self.assertIn('改', self.titles('jicha'))
        # The supervisor looks after shared boards of others.
        self.assertTrue(self.ok(self.as_('zhuguan').get(at))['may_own'])
        self.ok(self.share(made, **{'with': 'nobody'}))
        self.refused(self.as_('shebei').get(at), 404)
        self.assertEqual(4, len([one for one in self.entries('board.share') if one['subject'] == 'board/' + made['id']]))

    def test_of_two_who_change_a_board_at_once_the_second_learns_of_the_first(self):
        made = self.make('并发', chart())
        self.ok(self.share(made, **{'with': 'everybody', 'editable': True}))
        self.ok(self.save(made, content('先', chart()), 'shebei'))
        problem = self.refused(self.save(made, content('后', chart())), 409, '/base')
        self.assertIn('赵强', str(problem['errors']))
        now = self.ok(self.as_('yunwei').get(f'{BOARDS}/{made["id"]}'))
        self.assertEqual(('先', '赵强'), (now['title'], now['author_name']))
        self.refused(self.save(now, content('先', chart(id='panel-1'))), 409)
        self.refused(self.as_('yunwei').call('PUT', f'{BOARDS}/{made["id"]}', content('x')), 422, '/base')

    def test_an_older_version_is_restored_as_a_new_one(self):
        made = self.make('版本', chart('up'))
        at = f'{BOARDS}/{made["id"]}'
        self.ok(self.save(made, content('版本二', chart('down'), reason='换指标')))
        restored = self.ok(self.as_('yunwei').post(at + '/versions/1/restore', {'base': 2}))
        self.assertEqual(('版本', 3, 'up'), (restored['title'], restored['version'], restored['rows'][0]['panels'][0]['queries'][0]['expr']))
        versions = self.ok(self.as_('yunwei').get(at + '/versions'))['items']
        self.assertEqual([(3, 'v1'), (2, '换指标'), (1, '')], [(one['version'], one['reason']) for one in versions])
        self.assertEqual('down', self.ok(self.as_('yunwei').get(at + '/versions/2'))['rows'][0]['panels'][0]['queries'][0]['expr'])
        for version in ('9', 'x'):
            self.refused(self.as_('yunwei').post(f'{at}/versions/{version}/restore', {'base': 3}), 404)

    def test_boards_are_found_by_title_and_go_with_their_versions(self):
        made = self.make('百分 100%_Full', chart())
        self.assertEqual(['百分 100%_Full'], self.titles('yunwei', search='100%_full'))
        self.assertEqual([], self.titles('yunwei', search='100x_full'))
        self.ok(self.as_('yunwei').delete(f'{BOARDS}/{made["id"]}'), 204)
        self.refused(self.as_('yunwei').get(f'{BOARDS}/{made["id"]}'), 404)
        self.assertEqual([], self.titles('yunwei', search='100%_full'))
        self.refused(self.as_('yunwei').get(BOARDS, after='nonsense'), 400)

    def test_the_list_goes_on_page_by_page(self):
        for number in range(103):
            self.make(f'分页 {number}', account='shebei')
        first = self.ok(self.as_('shebei').get(BOARDS, search='分页'))
        rest = self.ok(self.as_('shebei').get(BOARDS, search='分页', after=first['next']))
        seen = [one['title'] for one in first['items'] + rest['items']]
        self.assertEqual((100, 103, 103, None), (len(first['items']), len(seen), len(set(seen)), rest['next']))

    def test_a_dashboard_of_grafana_is_told_panel_by_panel_before_it_is_taken(self):
        operator = self.as_('yunwei')
        report = self.ok(operator.call('POST', BOARDS + '/import?dry_run=true', node_exporter()))
        self.assertEqual((None, []), (report['id'], self.titles('yunwei', search='Node Exporter')))
        taken = {one['title']: one['taken'] for one in report['panels']}
        self.assertEqual({'CPU': 'whole', '运行时间': 'whole', 'CPU 使用': 'whole', '负载': 'whole', '文件系统': 'whole', '': 'whole',
                          '占比': 'not', '日志': 'not', '坏的': 'partly', '网络': 'partly', '进程': 'partly'}, taken)
        notes = ' '.join(note for one in report['panels'] for note in one['notes'])
        for word in ('piechart', 'furlongs', 'rate(up[5m'):
            self.assertIn(word, notes)
        self.assertNotRegex(notes, r'\b(is left out|are not known)\b', 'in Chinese for a Chinese reader')
        self.assertEqual(['whole', 'whole', 'whole', 'whole', 'not'], [one['taken'] for one in report['variables']])

        made = self.ok(operator.post(BOARDS + '/import', node_exporter()))
        board = self.ok(operator.get(f'{BOARDS}/{made["id"]}'))
        self.assertEqual(('Node Exporter Full', 86_400, 60), (board['title'], board['range_s'], board['refresh_s']))
        self.assertEqual([('概览', False, 7), ('网络与进程', True, 2)],
                         [(row['title'], row['folded'], len(row['panels'])) for row in board['rows']])
        cpu = board['rows'][0]['panels'][0]
        self.assertEqual(('gauge', 'percent', 'green', [(85, 'orange'), (95, 'red')], 6, '{{mode}}'),
                         (cpu['kind'], cpu['unit'], cpu['base'], [(one['from'], one['tone']) for one in cpu['thresholds']],
                          cpu['span'], cpu['queries'][0]['legend']))
        node = next(one for one in board['variables'] if one['name'] == 'node')
        self.assertEqual(('node_uname_info{job="$job"}', 'instance', True, ['10.0.0.1:9100']),
                         (node['selector'], node['label_name'], node['many'], node['chosen']))
        self.assertTrue(self.entries('board.import'))
        self.assertEqual(2, len(self.ok(operator.post(BOARDS + '/import', {'dashboard': node_exporter()}))['variables'][0:2]))

    def test_an_exported_board_comes_back_as_it_was(self):
        made = self.make('导出', chart('up'), {'kind': 'text', 'text': '# 一'}, description='说明')
        file = self.ok(self.as_('yunwei').get(f'{BOARDS}/{made["id"]}/export'))
        again = self.ok(self.as_('shebei').post(BOARDS + '/import', file))
        read = self.ok(self.as_('shebei').get(f'{BOARDS}/{again["id"]}'))
        for part in ('title', 'description', 'rows', 'variables', 'range_s', 'refresh_s'):
            self.assertEqual(made[part], read[part])
        broken = copy.deepcopy(file)
        broken['board']['rows'][0]['panels'][0]['kind'] = 'x'
        self.refused(self.as_('shebei').post(BOARDS + '/import', broken), 422, '/rows/0/panels/0/kind')
        self.refused(self.as_('shebei').post(BOARDS + '/import', {'hello': 1}), (400, 422))


if __name__ == '__main__':
    run()
