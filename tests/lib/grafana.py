"""A dashboard in Grafana's JSON model (schema version 39), with the parts that dashboards of node_exporter use."""


def panel(kind, title, expr=None, unit='short', **more):
    made = {'type': kind, 'title': title, 'datasource': {'type': 'prometheus', 'uid': '${datasource}'},
            'gridPos': {'h': 8, 'w': 12, 'x': 0, 'y': 0},
            'fieldConfig': {'defaults': {'unit': unit, 'thresholds': {'mode': 'absolute', 'steps': [
                {'color': 'green', 'value': None}, {'color': '#EAB839', 'value': 85}, {'color': 'red', 'value': 95}]}},
                'overrides': []},
            'options': {'reduceOptions': {'calcs': ['lastNotNull'], 'values': False}}}
    if expr:
        made['targets'] = [{'expr': expr, 'legendFormat': '{{mode}}', 'refId': 'A'}]
    made.update(more)
    return made


BUSY = '100 * (1 - avg(rate(node_cpu_seconds_total{mode="idle",instance="$node"}[$__rate_interval])))'


def node_exporter():
    """Rows, folded and not, with stat, gauge, timeseries, the old graph, table, text, and what cannot be taken."""
    hidden = panel('timeseries', '网络', 'rate(node_network_receive_bytes_total{instance="$node"}[$__rate_interval])', 'Bps')
    hidden['targets'].append({'expr': 'node_boot_time_seconds', 'hide': True, 'refId': 'B'})
    odd = panel('timeseries', '进程', 'node_procs_running{instance="$node"}', 'furlongs')
    odd['fieldConfig']['overrides'] = [{'matcher': {'id': 'byName', 'options': 'x'}, 'properties': []}]
    return {
        'title': 'Node Exporter Full', 'schemaVersion': 39, 'refresh': '1m', 'time': {'from': 'now-24h', 'to': 'now'},
        'description': '主机指标', 'tags': ['linux'], 'uid': 'rYdddlPWk',
        'templating': {'list': [
            {'type': 'datasource', 'name': 'datasource', 'query': 'prometheus'},
            {'type': 'query', 'name': 'job', 'label': 'Job', 'query': {'query': 'label_values(node_uname_info, job)', 'refId': 'x'}},
            {'type': 'query', 'name': 'node', 'label': '主机', 'multi': True, 'query': 'label_values(node_uname_info{job="$job"}, instance)',
             'current': {'value': ['10.0.0.1:9100'], 'text': '10.0.0.1:9100'}},
            {'type': 'custom', 'name': 'disk', 'query': 'sda, sdb'},
            {'type': 'query', 'name': 'asked', 'query': 'query_result(up)'}]},
        'panels': [
            {'type': 'row', 'title': '概览', 'collapsed': False, 'gridPos': {'h': 1, 'w': 24, 'x': 0, 'y': 0}, 'panels': []},
            panel('gauge', 'CPU', BUSY, 'percent'),
            panel('stat', '运行时间', 'node_time_seconds{instance="$node"} - node_boot_time_seconds{instance="$node"}', 's'),
            panel('timeseries', 'CPU 使用', BUSY, 'percentunit'),
            panel('graph', '负载', 'node_load1{instance="$node"}'),
            panel('table', '文件系统', 'node_filesystem_avail_bytes{instance="$node"}', 'bytes'),
            {'type': 'text', 'title': '', 'gridPos': {'h': 3, 'w': 24, 'x': 0, 'y': 9}, 'options': {'mode': 'markdown', 'content': '# 说明'}},
            panel('piechart', '占比', 'up'),
            panel('timeseries', '日志', None, targets=[{'query': 'SELECT 1', 'refId': 'A'}]),
            panel('timeseries', '坏的', 'rate(up[5m'),
            {'type': 'row', 'title': '网络与进程', 'collapsed': True, 'gridPos': {'h': 1, 'w': 24, 'x': 0, 'y': 12}, 'panels': [hidden, odd]}]}
