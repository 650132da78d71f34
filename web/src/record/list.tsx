// The list of a family of records: views, filters, columns, keyboard, side panel, export.
import { DownloadOutlined, PlusOutlined, PushpinOutlined, SearchOutlined } from '@ant-design/icons';
import { Button, Input } from 'antd';
import { useMemo, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { query } from '@/api/client';
import { path, useModule, useModules, useRecords } from '@/api/records';
import type { Labels, ModuleDescription, RecordData } from '@/api/types';
import { Dialog } from '@/kit/dialog';
import { Empty, ErrorFace, Skeleton } from '@/kit/faces';
import { useKeys } from '@/kit/keys';
import { PageHead } from '@/kit/panel';
import { Table } from '@/kit/table';
import { Tabs } from '@/kit/tabs';
import { askedFields, ColumnChooser, useColumns, useRecordColumns } from './columns';
import { FilterBar } from './filters';
import { useListState, type View } from './list_state';
import { SidePanel } from './side';

export interface ListProps {
  kind: string;
  plural: string;
  views: View[];
  columns: string[];
  filters: string[];
  head?: ReactNode;
  /** Whether the reader may add records, one by one or from a file. */
  adds?: boolean;
  imports?: boolean;
  /** What the list is empty of, and what to do then. */
  empty: ReactNode;
  card: (record: RecordData, labels: Labels) => ReactNode;
  preview: (record: RecordData) => ReactNode;
}

function Body(props: ListProps & { module: ModuleDescription }) {
  const { kind, plural, module, views } = props;
  const { t } = useTranslation();
  const navigate = useNavigate();
  const state = useListState(kind, views);
  const [naming, setNaming] = useState<string | null>(null);
  const { shown, choose } = useColumns(module, props.columns);
  const asked = useMemo(() => {
    const beyond = askedFields(module, shown);
    const made: Record<string, string> = { ...state.filters, sort: state.sort };
    if (state.text) made.q = state.text;
    if (beyond) made.fields = beyond;
    return made;
  }, [state.filters, state.sort, state.text, module, shown]);
  const list = useRecords(plural, asked);
  const pages = list.data?.pages ?? [];
  const rows = pages.flatMap((page) => page.items);
  const labels: Labels = Object.assign(
    {},
    ...pages.map((page) => page.labels ?? {}),
    ...rows.map((row) => row.labels ?? {}),
  );
  const total = pages[0]?.total;
  const columns = useRecordColumns(module, shown, labels);
  useKeys({ Escape: () => state.setOpen(null) }, state.open !== null);
  const fields = module.fields.filter((field) => props.filters.includes(field.name));
  const custom = state.saved.some((view) => view.key === state.view?.key);
  return (
    <>
      <Tabs
        label={t('record.views')}
        tabs={state.all.map((view) => ({ key: view.key, label: view.label }))}
        active={state.view?.key ?? ''}
        onChange={state.setView}
        extra={
          <>
            {total && (
              <span className="muted figures count" role="status">
                {t(total.exact ? 'record.count' : 'record.count_more', { n: total.count })}
              </span>
            )}
            <ColumnChooser module={module} shown={shown} choose={choose} />
            <Button
              size="small"
              type="text"
              icon={<DownloadOutlined />}
              href={`${path(plural)}/export${query({ format: 'csv', ...asked })}`}
              download
            >
              {t('record.export')}
            </Button>
          </>
        }
      />
      <div className="list-bar">
        <Input
          className="list-search"
          prefix={<SearchOutlined />}
          allowClear
          aria-label={t('record.search_in', { what: t(`${kind}.many`) })}
          placeholder={t('record.search_in', { what: t(`${kind}.many`) })}
          defaultValue={state.text}
          key={state.view?.key}
          onChange={(event) => event.target.value === '' && state.setText('')}
          onPressEnter={(event) => state.setText(event.currentTarget.value)}
        />
        <FilterBar
          kind={kind}
          fields={fields}
          filters={state.filters}
          labels={labels}
          onChange={state.setFilters}
        />
        {state.edited && (
          <Button size="small" type="text" icon={<PushpinOutlined />} onClick={() => setNaming('')}>
            {t('record.view_save')}
          </Button>
        )}
        {custom && state.view && (
          <Button size="small" type="text" onClick={() => state.view && state.removeView(state.view.key)}>
            {t('record.view_remove')}
          </Button>
        )}
      </div>
      {list.isPending && <Skeleton lines={12} />}
      {list.isError && !list.data && (
        <ErrorFace error={list.error} since={list.errorUpdatedAt} retry={() => void list.refetch()} />
      )}
      {list.data &&
        rows.length === 0 &&
        (state.edited || state.text ? (
          <NoMatch onClear={() => state.setView(state.view?.key ?? '')} />
        ) : (
          props.empty
        ))}
      {rows.length > 0 && (
        <div className="list-main" data-fetching={list.isPlaceholderData || undefined}>
          <Table
            name={kind}
            label={t(`${kind}.many`)}
            columns={columns}
            rows={rows}
            rowKey={(row) => row.id}
            card={(row) => props.card(row, labels)}
            sort={state.sort}
            onSort={state.setSort}
            open={state.open}
            onOpen={(row) => state.setOpen(row.id)}
            onOpenFull={(row) => void navigate(`/${plural}/${row.id}`)}
            footer={
              list.hasNextPage && (
                <div className="more">
                  <Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
                    {t('record.more')}
                  </Button>
                </div>
              )
            }
          />
        </div>
      )}
      {state.open && (
        <SidePanel
          plural={plural}
          id={state.open}
          onClose={() => state.setOpen(null)}
          preview={props.preview}
        />
      )}
      <SaveView
        name={naming}
        setName={setNaming}
        onSave={(name) => {
          state.saveView(name);
          setNaming(null);
        }}
      />
    </>
  );
}

type AddingProps = Pick<ListProps, 'kind' | 'plural' | 'adds' | 'imports' | 'head'>;

function NoMatch({ onClear }: { onClear: () => void }) {
  const { t } = useTranslation();
  return (
    <Empty
      title={t('record.no_match')}
      hint={t('record.no_match_hint')}
      action={<Button onClick={onClear}>{t('record.filters_clear')}</Button>}
    />
  );
}

interface SaveProps {
  name: string | null;
  setName: (name: string | null) => void;
  onSave: (name: string) => void;
}

function SaveView({ name, setName, onSave }: SaveProps) {
  const { t } = useTranslation();
  return (
    <Dialog
      title={t('record.view_save')}
      open={name !== null}
      onClose={() => setName(null)}
      footer={
        <Button type="primary" disabled={!name?.trim()} onClick={() => onSave(name?.trim() ?? '')}>
          {t('record.view_save')}
        </Button>
      }
    >
      <Input
        aria-label={t('record.view_name')}
        placeholder={t('record.view_name')}
        maxLength={24}
        value={name ?? ''}
        onChange={(event) => setName(event.target.value)}
        onPressEnter={() => name?.trim() && onSave(name.trim())}
      />
    </Dialog>
  );
}

export function Adding({ kind, plural, adds, imports, head }: AddingProps) {
  const { t } = useTranslation();
  return (
    <>
      {head}
      {imports && (
        <Link to={`/${plural}/import`} className="button-link button-link-quiet">
          {t('record.import')}
        </Link>
      )}
      {adds && (
        <Link to={`/${plural}/new`} className="button-link">
          <PlusOutlined /> {t('record.create', { what: t(`${kind}.one`) })}
        </Link>
      )}
    </>
  );
}

export function RecordList(props: ListProps) {
  const { t } = useTranslation();
  const modules = useModules();
  const module = useModule(props.kind);
  return (
    <div className="page page-list">
      <PageHead title={t(`${props.kind}.many`)} extra={<Adding {...props} />} />
      {module ? (
        <Body {...props} module={module} />
      ) : modules.isError ? (
        <ErrorFace
          error={modules.error}
          since={modules.errorUpdatedAt}
          retry={() => void modules.refetch()}
        />
      ) : (
        <Skeleton lines={12} />
      )}
    </div>
  );
}
