// A board is made, shared, and shown on the wall; who is on call is seen, and somebody stands in.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const dashboard = {
  title: 'Node Exporter',
  time: { from: 'now-15m', to: 'now' },
  templating: {
    list: [{ type: 'query', name: 'node', label: '主机', query: 'label_values(node_uname_info, instance)' }],
  },
  panels: [
    {
      type: 'gauge',
      title: '内存',
      gridPos: { w: 6, h: 5 },
      fieldConfig: {
        defaults: {
          unit: 'percent',
          thresholds: { mode: 'absolute', steps: [{ color: 'green', value: null }, { color: 'orange', value: 70 }, { color: 'red', value: 90 }] },
        },
      },
      targets: [{ expr: '100 * (1 - node_memory_MemAvailable_bytes{instance="$node"} / node_memory_MemTotal_bytes)', legendFormat: '{{instance}}' }],
    },
    {
      type: 'timeseries',
      title: 'CPU $node',
      gridPos: { w: 18, h: 8 },
      fieldConfig: { defaults: { unit: 'percentunit', custom: { stacking: { mode: 'normal' } } } },
      targets: [{ expr: 'sum by (mode) (rate(node_cpu_seconds_total{instance="$node",mode!="idle"}[$__rate_interval]))', legendFormat: '{{mode}}' }],
    },
    { type: 'piechart', title: '占比', targets: [{ expr: 'up' }] },
  ],
};

/** A dashboard of Grafana: what would be taken is told first, and then it is a board. */
async function fromGrafana(seat, folder) {
  const { page } = seat;
  const file = join(folder, 'dashboard.json');
  writeFileSync(file, JSON.stringify(dashboard));
  await seat.go('/monitor/boards');
  await page.locator('.page-head .ant-btn', { hasText: '导入' }).click();
  await page.setInputFiles('.dialog input[type=file]', file);
  await here(seat, '.taken-parts');
  await seat.look('13-grafana-told');
  await page.locator('.dialog-foot .ant-btn-primary').click();
  await page.waitForURL(/\/monitor\/boards\/[0-9a-f-]{30,}/);
  await here(seat, '.board-page canvas');
  await here(seat, '.panel-gauges b.tone-green, .panel-gauges b.tone-orange, .panel-gauges b.tone-red');
  await seat.look('13-grafana-board');
}
const here = (seat, selector) => seat.page.waitForSelector(selector);

/** Made by mouse and keyboard, saved, shared with everybody, brought from a system's page and shown on a wall. */
export async function boards(seat, system, folder) {
  const { page } = seat;
  await seat.go('/monitor/boards');
  await seat.look('13-boards-empty');
  await page.locator('.page-head .ant-btn-primary').click();
  await here(seat, '#board-title');
  await page.fill('#board-title', '机房总览');
  for (const [kind, title, query] of [
    ['曲线图', '一分钟负载', 'node_load1'],
    ['单值', '在线目标', 'sum(up)'],
    ['条形仪表', '内存使用率', '100 * (1 - node_memory_MemAvailable_bytes / node_memory_MemTotal_bytes)'],
    ['状态时间线', '目标状态', 'up'],
    ['表格', '文件系统', 'node_filesystem_size_bytes'],
    ['告警列表', '正在告警', null],
  ]) {
    await page.click('.add-panel');
    await page.locator('.ant-dropdown-menu-item', { hasText: kind }).click();
    await page.fill('#panel-title', title);
    if (query === null) continue;
    await page.click('.panel-query .cm-content');
    await page.keyboard.type(query);
    await page.keyboard.press('Escape');
  }
  await here(seat, '.board-cell canvas');
  await page.locator('.cell-handle').first().focus();
  await page.keyboard.press('Shift+ArrowRight');
  await seat.look('13-board-edited');
  await page.click('.save-board');
  await page.waitForSelector('#board-title', { state: 'detached' });
  await here(seat, '.board-page canvas');
  await seat.look('13-board');
  const id = new URL(page.url()).pathname.split('/').pop();
  const board = await seat.api('GET', `/api/v1/boards/${id}`);
  const first = board.rows[0].panels[0];
  if (first.span !== 7 || board.rows[0].panels.length !== 6) throw new Error('the board was not saved as it was made');

  await page.locator('.page-extra .ant-dropdown-trigger').click();
  await page.locator('.ant-dropdown-menu-item', { hasText: '共享' }).click();
  await page.locator('.share-choices label', { hasText: '所有人' }).click();
  await seat.look('13-board-share');
  await page.locator('.dialog-foot .ant-btn-primary').click();
  await page.waitForSelector('.dialog', { state: 'detached' });
  if ((await seat.api('GET', `/api/v1/boards/${id}`)).sharing.with !== 'everybody') throw new Error('the board is not shared');

  await seat.go(`/systems/${system}`);
  await page.locator('button', { hasText: '另存为看板' }).click();
  await page.fill('#add-title', '本机指标');
  await page.locator('.dialog-foot .ant-btn-primary').click();
  await page.waitForURL(/\/monitor\/boards\/[0-9a-f-]{30,}/);
  await here(seat, '.variable-bar');
  await here(seat, '.board-page canvas');
  await seat.look('13-board-of-system');

  await seat.go('/monitor/boards');
  await here(seat, '.board-card');
  await seat.look('13-boards');
  for (const box of await page.locator('.board-card .ant-checkbox-input').all()) await box.check();
  await page.locator('.page-head .ant-btn', { hasText: '上墙轮播' }).click();
  await here(seat, '.board-wall canvas');
  await seat.look('13-board-wall');
  const shown = await page.locator('.board-wall h1').textContent();
  await page.keyboard.press('ArrowRight');
  await page.waitForFunction((before) => document.querySelector('.board-wall h1')?.textContent !== before, shown);
  await seat.look('13-board-wall-next');
  await page.keyboard.press('Escape');
  await page.waitForURL(/\/monitor\/boards$/);

  await fromGrafana(seat, folder);

  await seat.go('/on-call');
  await here(seat, '.on-call-now');
  await seat.look('14-on-call');
  await page.locator('.page-head .ant-btn-primary').click();
  await here(seat, '#stand-in-person');
  await seat.look('14-stand-in');
}
