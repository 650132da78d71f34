// What the monitoring does with a disk that fills, a check that flaps and a target that dies: it alerts, holds
// back what follows from it, escalates, and recovers.
import { createServer } from 'node:http';
import { until } from './product.mjs';

const gigabyte = 2 ** 30;

/** A fake exporter; it may die and come back at the same address. */
class Exporter {
  page = () => '';

  async start(port = 0) {
    this.server = createServer((_, answer) => {
      answer.setHeader('Content-Type', 'text/plain; version=0.0.4');
      answer.end(this.page());
    });
    await new Promise((done) => this.server.listen(port, '127.0.0.1', done));
    this.port = this.server.address().port;
    this.address = `127.0.0.1:${this.port}`;
  }

  stop() {
    this.server.closeAllConnections();
    return new Promise((done) => this.server.close(done));
  }
}

export class Watch {
  constructor(seat) {
    this.seat = seat;
    this.storage = new Exporter();
    this.archive = new Exporter();
    this.free = 300;
    this.shrinks = true;
    this.door = 0;
    this.errors = 0;
  }

  async start() {
    const disk = '{device="/dev/sda1",fstype="ext4",mountpoint="/data"}';
    this.storage.page = () => {
      if (this.shrinks) this.free -= 0.01;
      return `node_filesystem_avail_bytes${disk} ${this.free * gigabyte}\nnode_filesystem_size_bytes${disk} ${1000 * gigabyte}\n`;
    };
    this.archive.page = () => `door_open ${this.door}\narchive_errors ${this.errors}\n`;
    await this.storage.start();
    await this.archive.start();
    const system = (name, exporter, more) =>
      this.seat.api('POST', '/api/v1/systems', {
        name,
        criticality: 'core',
        state: 'running',
        address: exporter.address,
        ...more,
      });
    this.below = await system('存储阵列', this.storage);
    this.above = await system('影像归档', this.archive, {
      depends_on: [this.below.id],
    });
  }

  firing(name) {
    return until(
      async () => {
        const { items } = await this.seat.api('GET', '/api/v1/alerts?state=firing');
        return items.find((alert) => alert.name === name && [this.below.id, this.above.id].includes(alert.system));
      },
      `the alert ${name}`,
      60,
    );
  }

  row(text) {
    return this.seat.page.locator('tr', { hasText: text }).first();
  }

  async forecast() {
    await this.firing('DiskWillFill');
    await this.seat.go('/monitor/alerts');
    await this.row(/预计 \d+ (小时|分钟|天)后写满/).waitFor();
    await this.seat.look('13-forecast');
  }

  async flapping() {
    for (let time = 0; time < 6; ++time) {
      this.door = 1 - this.door;
      await new Promise((done) => setTimeout(done, 3_000));
    }
    const alert = await until(
      async () => {
        const found = await this.firing('DoorOpen');
        return found.flapping && found;
      },
      'the check that flaps',
      30,
    );
    await this.seat.go('/monitor/alerts');
    await this.row('机房门').getByText('反复').waitFor();
    await this.seat.look('13-flapping');
    this.flapped = alert.id;
  }

  /** The storage dies; what stands on it opens no fault of its own. */
  async suppression() {
    await this.storage.stop();
    this.gone = await this.firing('StorageGone');
    this.errors = 1;
    await until(async () => (await this.firing('ArchiveErrors')).caused_by === this.below.id, 'the alert that is held back', 30);
    await this.seat.go('/monitor/alerts');
    await this.row('归档出错').getByText('存储阵列').waitFor();
    await this.seat.look('13-suppressed');
    await this.seat.go('/monitor/targets');
    await this.row(this.storage.address).waitFor();
    await this.seat.look('13-target-down');
  }

  /** Nobody acknowledges it: the next step follows, and its trace says so. */
  async escalation() {
    await until(
      async () => {
        const { items } = await this.seat.api('GET', `/api/v1/alerts/${this.gone.id}/deliveries`);
        return items.some((one) => one.step === 2);
      },
      'the second step',
      40,
    );
    await this.seat.go('/monitor/alerts');
    await this.row('存储失联').locator('.alert-verbs button').first().click();
    await this.seat.page.waitForSelector('dialog .lines li:has-text("王建国")');
    await this.seat.look('13-escalated');
    await this.seat.page.keyboard.press('Escape');
  }

  async recovery() {
    this.shrinks = false;
    this.errors = 0;
    this.door = 0;
    await this.storage.start(this.storage.port);
    await until(
      async () => {
        const { items } = await this.seat.api('GET', '/api/v1/alerts?state=firing');
        return items.every((alert) => ![this.below.id, this.above.id].includes(alert.system));
      },
      'the end of all its alerts',
      90,
    );
    await this.seat.go('/monitor/alerts?state=resolved');
    await this.row('存储失联').waitFor();
    await this.seat.look('13-recovered');
    const fault = await this.seat.api('GET', `/api/v1/incidents/${this.gone.incident}`);
    if (!fault.recovered_at) throw new Error('the fault does not know that its alert is over');
    await this.seat.go(`/incidents/${fault.id}`);
    await this.seat.page.getByText('告警恢复时间').waitFor();
    await this.seat.look('13-recovered-fault');
  }

  async all() {
    await this.start();
    try {
      await this.forecast();
      await this.flapping();
      await this.suppression();
      await this.escalation();
      await this.recovery();
    } finally {
      await this.storage.stop().catch(() => undefined);
      await this.archive.stop();
    }
  }
}
