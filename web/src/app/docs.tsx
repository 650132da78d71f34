// The HTTP API, read from /openapi.json, the file programs read.
import { Input } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { get } from '@/api/client';
import { Empty, Loaded } from '@/kit/faces';
import { PageHead } from '@/kit/panel';

interface Schema {
  $ref?: string;
  type?: string | string[];
  format?: string;
  enum?: unknown[];
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  description?: string;
  oneOf?: Schema[];
  anyOf?: Schema[];
  allOf?: Schema[];
  additionalProperties?: boolean | Schema;
}

interface Parameter {
  $ref?: string;
  name: string;
  in: string;
  required?: boolean;
  description?: string;
  schema?: Schema;
}

type Content = Record<string, { schema?: Schema }>;

interface Operation {
  summary?: string;
  description?: string;
  operationId?: string;
  tags?: string[];
  parameters?: Parameter[];
  requestBody?: { content?: Content; required?: boolean };
  responses?: Record<string, { description?: string; content?: Content }>;
}

interface OpenApi {
  info: { title: string; version: string; description?: string };
  paths: Record<string, Record<string, Operation>>;
  components?: { schemas?: Record<string, Schema>; parameters?: Record<string, Parameter> };
}

const deepest = 4;

function resolve(api: OpenApi, schema: Schema | undefined): Schema | undefined {
  if (!schema?.$ref) return schema;
  return api.components?.schemas?.[schema.$ref.split('/').pop() ?? ''];
}

function typeText(api: OpenApi, schema: Schema | undefined): string {
  const plain = resolve(api, schema);
  if (!plain) return '';
  if (schema?.$ref && plain.type === 'object') return schema.$ref.split('/').pop() ?? 'object';
  if (plain.enum) return plain.enum.map((one) => JSON.stringify(one)).join(' | ');
  if (plain.oneOf ?? plain.anyOf)
    return (plain.oneOf ?? plain.anyOf ?? []).map((one) => typeText(api, one)).join(' | ');
  if (plain.items) return `${typeText(api, plain.items)}[]`;
  const types = [plain.type ?? 'any'].flat().join(' | ');
  return plain.format ? `${types} (${plain.format})` : types;
}

function Shape({ api, schema, depth = 0 }: { api: OpenApi; schema?: Schema; depth?: number }) {
  const plain = resolve(api, schema);
  if (!plain || depth > deepest) return null;
  const inner = plain.items ? resolve(api, plain.items) : plain;
  if (!inner?.properties) return depth === 0 ? <code>{typeText(api, schema)}</code> : null;
  return (
    <ul className="shape-list">
      {Object.entries(inner.properties).map(([name, property]) => (
        <li key={name}>
          <code>{name}</code>
          {!inner.required?.includes(name) && <span className="faint">?</span>}{' '}
          <span className="muted">{typeText(api, property)}</span>
          {property.description && <span className="faint"> {property.description}</span>}
          <Shape api={api} schema={property} depth={depth + 1} />
        </li>
      ))}
    </ul>
  );
}

function firstSchema(content: Content | undefined): Schema | undefined {
  return content ? Object.values(content)[0]?.schema : undefined;
}

function OperationPart({
  api,
  path,
  method,
  operation,
}: {
  api: OpenApi;
  path: string;
  method: string;
  operation: Operation;
}) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const body = firstSchema(operation.requestBody?.content);
  const parameters = (operation.parameters ?? []).map((one) =>
    one.$ref ? (api.components?.parameters?.[one.$ref.split('/').pop() ?? ''] ?? one) : one,
  );
  return (
    <details className="operation" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <span className="method">{method.toUpperCase()}</span>
        <code>{path}</code>
        <span className="muted operation-summary">{operation.summary}</span>
      </summary>
      {open && (
        <div className="operation-body">
          {operation.description && <p>{operation.description}</p>}
          {parameters.length > 0 && (
            <>
              <h4>{t('docs.parameters')}</h4>
              <ul className="shape-list">
                {parameters.map((one) => (
                  <li key={one.in + one.name}>
                    <code>{one.name}</code> <span className="faint">{one.in}</span>{' '}
                    <span className="muted">{typeText(api, one.schema)}</span> {one.description}
                  </li>
                ))}
              </ul>
            </>
          )}
          {body && (
            <>
              <h4>{t('docs.body')}</h4>
              <Shape api={api} schema={body} />
            </>
          )}
          <h4>{t('docs.answers')}</h4>
          {Object.entries(operation.responses ?? {}).map(([status, answer]) => (
            <div key={status}>
              <b className="figures">{status}</b> <span className="muted">{answer.description}</span>
              <Shape api={api} schema={firstSchema(answer.content)} />
            </div>
          ))}
        </div>
      )}
    </details>
  );
}

const methods = ['get', 'post', 'put', 'patch', 'delete'];

function byTag(
  api: OpenApi,
  text: string,
): [string, { path: string; method: string; operation: Operation }[]][] {
  const groups = new Map<string, { path: string; method: string; operation: Operation }[]>();
  for (const [path, operations] of Object.entries(api.paths))
    for (const method of methods) {
      const operation = operations[method];
      if (
        !operation ||
        !`${method} ${path} ${operation.summary ?? ''}`.toLowerCase().includes(text.toLowerCase())
      )
        continue;
      const tag = operation.tags?.[0] ?? path.split('/')[3] ?? path;
      groups.set(tag, [...(groups.get(tag) ?? []), { path, method, operation }]);
    }
  return [...groups];
}

export default function Docs() {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const api = useQuery({
    queryKey: ['openapi'],
    queryFn: () => get<OpenApi>('/openapi.json'),
    staleTime: Infinity,
  });
  return (
    <div className="page">
      <PageHead
        title={t('docs.title')}
        lead={t('docs.lead')}
        extra={
          <>
            <Input
              allowClear
              aria-label={t('docs.search')}
              placeholder={t('docs.search')}
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
            <a href="/openapi.json">openapi.json</a>
          </>
        }
      />
      <Loaded query={api} lines={14}>
        {(data) => {
          const groups = byTag(data, text);
          if (groups.length === 0) return <Empty title={t('record.no_match')} />;
          return (
            <>
              {groups.map(([tag, operations]) => (
                <section key={tag} className="panel">
                  <header className="panel-head">
                    <h2>{tag}</h2>
                  </header>
                  {operations.map((one) => (
                    <OperationPart key={one.method + one.path} api={data} {...one} />
                  ))}
                </section>
              ))}
            </>
          );
        }}
      </Loaded>
    </div>
  );
}
