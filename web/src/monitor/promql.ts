// PromQL in the editor: completion of names, labels and values from our own query API, and syntax faults.
import { PromQLExtension, type PrometheusClient } from '@prometheus-io/codemirror-promql';
import { EqlRegex, EqlSingle, Neq, NeqRegex } from '@prometheus-io/lezer-promql';
import type { Extension } from '@codemirror/state';
import type { Matcher } from '@prometheus-io/codemirror-promql/dist/esm/types';
import { get, query } from '@/api/client';

interface Listed<T> {
  data: T;
}

function selector(metric: string | undefined, matchers: Matcher[] | undefined, but: string): string {
  const inner = (matchers ?? [])
    .filter((one) => one.name !== but && one.value !== '')
    .map((one) => `${one.name}${signs[one.type] ?? '='}${JSON.stringify(one.value)}`);
  return metric || inner.length > 0 ? `${metric ?? ''}{${inner.join(',')}}` : '';
}

const signs: Record<number, string> = { [EqlSingle]: '=', [Neq]: '!=', [EqlRegex]: '=~', [NeqRegex]: '!~' };

const kept_ms = 60_000;

/** Answers of the last minute are kept, so that typing asks little. A failed question completes nothing. */
class Client implements PrometheusClient {
  private readonly answers = new Map<string, { at: number; answer: Promise<unknown> }>();

  private ask<T>(path: string, otherwise: T): Promise<T> {
    const known = this.answers.get(path);
    if (known && Date.now() - known.at < kept_ms) return known.answer as Promise<T>;
    const answer = get<Listed<T>>(`/prometheus/api/v1/${path}`).then(
      (listed) => listed.data,
      () => {
        this.answers.delete(path);
        return otherwise;
      },
    );
    this.answers.set(path, { at: Date.now(), answer });
    return answer;
  }

  metricNames(): Promise<string[]> {
    return this.ask('label/__name__/values', []);
  }

  labelNames(metric?: string): Promise<string[]> {
    return this.ask(`labels${query({ 'match[]': selector(metric, undefined, '') })}`, []);
  }

  labelValues(label: string, metric?: string, matchers?: Matcher[]): Promise<string[]> {
    const match = selector(metric, matchers, label);
    return this.ask(`label/${encodeURIComponent(label)}/values${query({ 'match[]': match })}`, []);
  }

  metricMetadata(): Promise<Record<string, { type: string; help: string }[]>> {
    return this.ask('metadata', {});
  }

  async series(metric: string, matchers?: Matcher[], label = ''): Promise<Map<string, string>[]> {
    const match = selector(metric, matchers, label);
    const series = await this.ask<Record<string, string>[]>(
      `series${query({ 'match[]': match, limit: 500 })}`,
      [],
    );
    return series.map((one) => new Map(Object.entries(one)));
  }

  flags(): Promise<Record<string, string>> {
    return Promise.resolve({});
  }
}

export function promql(): Extension {
  const language = new PromQLExtension().setComplete({ remote: new Client(), maxMetricsMetadata: 2000 });
  return language.asExtension();
}
