// The product and a real node exporter as children on free ports, with a temporary data folder.
import { spawn } from 'node:child_process';
import { appendFileSync, cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export const root = resolve(import.meta.dirname, '../..');
const binary = process.env.YUNZHI_BINARY ?? join(root, 'build/release/bin/yunzhi');

// Fires seconds after the processors are really busy, where the pack's own rule waits for minutes.
const rules = `groups:
  - name: journey
    interval: 1s
    rules:
      - alert: HostBusy
        expr: 100 * (1 - avg by (instance) (rate(node_cpu_seconds_total{mode="idle"}[10s]))) > 70
        for: 3s
        labels: {severity: critical, urgency: high}
        annotations:
          summary: "主机 {{ $labels.instance }} CPU 使用率过高"
          description: "CPU 使用率为 {{ $value | humanize }}%"
      - alert: DiskWillFill
        forecast: {expr: 'node_filesystem_avail_bytes{mountpoint="/data"}', reaches: "<= 0", within: 3d, from: 20s}
        for: 5s
        labels: {severity: minor}
        annotations: {summary: '磁盘预计 {{ $value | roughDuration "zh-CN" }}后写满'}
      - alert: DoorOpen
        expr: door_open == 1
        flapping: {times: 3, within: 20s}
        labels: {severity: minor}
        annotations: {summary: "机房门开着"}
      - alert: StorageGone
        expr: up{system="存储阵列"} == 0
        labels: {severity: critical, urgency: high, suppresses: dependents}
        annotations: {summary: "存储失联"}
      - alert: ArchiveErrors
        expr: archive_errors > 0
        labels: {severity: major}
        annotations: {summary: "归档出错"}
`;

// In seconds, where the pack's own waits for minutes.
const escalation = `- id: journey
  severities: [critical]
  steps:
    - {after: PT4S, role: system_operator, tell: everybody}
    - {after: PT8S, role: operations_supervisor, tell: everybody}
`;

function freePort() {
  return new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}

export async function until(ask, what, seconds = 60) {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const found = await ask().catch(() => null);
    if (found) return found;
    if (Date.now() > end) throw new Error(`${what}: not within ${seconds} s`);
    await new Promise((done) => setTimeout(done, 250));
  }
}

export class Product {
  children = [];

  async start() {
    this.folder = mkdtempSync(join(tmpdir(), 'yunzhi-journey-'));
    this.log = join(this.folder, 'server.log');
    cpSync(join(root, 'packs/standard'), join(this.folder, 'pack'), { recursive: true });
    writeFileSync(join(this.folder, 'pack/rules/journey.yaml'), rules);
    writeFileSync(join(this.folder, 'pack/escalation.yaml'), escalation);
    for (const name of readdirSync(join(this.folder, 'pack/controls'))) {
      const file = join(this.folder, 'pack/controls', name);
      writeFileSync(file, readFileSync(file, 'utf8').replace(/\bevery: \S+/g, 'every: PT3S'));
    }
    writeFileSync(join(this.folder, 'yunzhi.toml'), '[monitor]\nscrape_interval = "PT1S"\n');
    this.exporter = `127.0.0.1:${await freePort()}`;
    this.run('prometheus-node-exporter', [`--web.listen-address=${this.exporter}`], 'exporter.log');
    this.address = `127.0.0.1:${await freePort()}`;
    this.url = `http://${this.address}`;
    this.run(
      binary,
      ['serve', '--data', join(this.folder, 'data'), '--listen', this.address, '--pack', join(this.folder, 'pack'),
        '--config', join(this.folder, 'yunzhi.toml')],
      'server.log',
    );
    await until(async () => (await fetch(`${this.url}/health/ready`)).ok, 'the server');
    this.code = /#code=([\w-]+)/.exec(readFileSync(this.log, 'utf8'))?.[1];
    if (!this.code) throw new Error('the server printed no set-up code');
  }

  run(program, options, log) {
    const child = spawn(program, options, { stdio: ['ignore', 'pipe', 'pipe'] });
    const keep = (bytes) => existsSync(this.folder) && appendFileSync(join(this.folder, log), bytes);
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', (error) => keep(`${program}: ${error.message}\n`));
    this.children.push(child);
    return child;
  }

  /** Keeps every processor busy for a while; the promise of the end kills the load early. */
  busy(seconds, count) {
    const loads = Array.from({ length: count }, () =>
      this.run(process.execPath, ['-e', `const end = Date.now() + ${seconds * 1000}; while (Date.now() < end);`], 'load.log'),
    );
    return () => loads.forEach((load) => load.kill('SIGKILL'));
  }

  tail() {
    return existsSync(this.log) ? readFileSync(this.log, 'utf8').slice(-3000) : '';
  }

  async stop() {
    for (const child of this.children.reverse())
      if (child.exitCode === null && child.signalCode === null) {
        const ended = new Promise((done) => child.once('exit', done));
        child.kill('SIGTERM');
        const late = setTimeout(() => child.kill('SIGKILL'), 20_000);
        await ended;
        clearTimeout(late);
      }
    rmSync(this.folder, { recursive: true, force: true });
  }
}
