// Pictures of every page from a running server, with its console, policy violations and axe findings.
// node scripts/pictures.mjs [--url http://127.0.0.1:4173] [--account NAME --password TEXT] [--out DIR] [--only part] [--language en] [--size desk|phone] [--theme light|dark]
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const option = (name, otherwise) => {
  const at = process.argv.indexOf(`--${name}`);
  return at > 0 ? process.argv[at + 1] : otherwise;
};
const url = option('url', 'http://127.0.0.1:4173');
const out = option('out', 'dist-pictures');
const only = option('only', '');
const language = option('language', 'zh-CN');
const sizes = { desk: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };
const themes = ['light', 'dark'].filter((theme) => option('theme', theme) === theme);
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const pages = {
  day: '/',
  inbox: '/inbox',
  incidents: '/incidents',
  side: '/incidents?show=$incident',
  incident: '/incidents/$incident',
  diagram: '/incidents/$incident?tab=diagram',
  report: '/report',
  systems: '/systems',
  system_new: '/systems/new',
  import: '/systems/import',
  system: '/systems/$system',
  people: '/people',
  units: '/units',
  person_new: '/people/new',
  duties: '/duties',
  duty_month: '/duties?tab=calendar',
  wall: '/wall',
  alerts: '/monitor/alerts',
  explore: '/monitor/explore?q=up',
  rules: '/monitor/rules',
  targets: '/monitor/targets',
  clauses: '/clauses',
  clause: '/clauses/3.4.5',
  ledger: '/ledger',
  accounts: '/admin/accounts',
  processes: '/admin/processes',
  settings: '/settings',
  docs: '/docs',
  messages: '/messages',
  nowhere: '/nowhere',
};

async function first(page, plural) {
  return page.evaluate(async (family) => {
    const answer = await fetch(`/api/v1/${family}?limit=20`);
    if (!answer.ok) return 'none';
    const { items } = await answer.json();
    return (items.find((item) => item.state === 'diagnosing') ?? items[0])?.id ?? 'none';
  }, plural);
}

async function signIn(page) {
  await page.fill('#account', option('account', ''));
  await page.fill('#password', option('password', ''));
  await page.click('button[type=submit]');
  await page.waitForSelector('#main');
}

async function judge(page) {
  await page.evaluate(axe);
  const found = await page.evaluate(() =>
    window.axe.run(document, { resultTypes: ['violations'] }).then((result) =>
      result.violations
        .filter((one) => ['serious', 'critical'].includes(one.impact))
        .map(
          (one) =>
            `${one.id}: ${one.nodes
              .slice(0, 3)
              .map((node) => `${node.target.join(' ')} ${node.any[0]?.message ?? ''}`)
              .join(' | ')}`,
        ),
    ),
  );
  return found;
}

mkdirSync(out, { recursive: true });
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
let findings = 0;
for (const [size, viewport] of Object.entries(sizes).filter(([name]) => option('size', name) === name))
  for (const theme of themes) {
    const context = await browser.newContext({
      viewport,
      colorScheme: theme,
      locale: language,
      bypassCSP: false,
    });
    await context.addInitScript(`localStorage.setItem('yunzhi.language', '"${language}"')`);
    const page = await context.newPage();
    const said = [];
    page.on(
      'console',
      (message) => ['error', 'warning'].includes(message.type()) && said.push(message.text()),
    );
    page.on(
      'response',
      (answer) => answer.status() >= 400 && said.push(`${answer.status()} ${answer.url()}`),
    );
    page.on('pageerror', (error) => said.push(String(error)));
    await page.goto(url);
    if (option('account', '')) await signIn(page);
    const ids = { $incident: await first(page, 'incidents'), $system: await first(page, 'systems') };
    for (const [name, path] of Object.entries(pages).filter(([key]) => key.includes(only))) {
      said.length = 0;
      await page.goto(url + path.replace(/\$\w+/, (key) => ids[key]));
      await page.waitForSelector('main, .door-card');
      await page
        .waitForFunction(() => !document.querySelector('.skeleton'), null, { timeout: 8000 })
        .catch(() => said.push('still loading'));
      await page.waitForTimeout(350);
      await page.screenshot({
        path: join(out, `${name}-${size}-${theme}-${language}.png`),
        fullPage: size === 'phone',
      });
      const told = [...said, ...(await judge(page))];
      findings += told.length;
      for (const line of told) console.log(`${name} ${size} ${theme}: ${line}`);
    }
    await context.close();
  }
await browser.close();
console.log(`${findings} findings`);
process.exit(findings ? 1 : 0);
