// Addresses of the product. Every page comes in its own chunk.
import { lazy, Suspense, type ComponentType } from 'react';
import { Navigate, type RouteObject } from 'react-router';
import { Skeleton } from '@/kit/faces';
import { Failure, NoPage } from './failure';

type Loader = () => Promise<{ default: ComponentType }>;

function page(path: string, load: Loader): RouteObject {
  const Page = lazy(load);
  return {
    path,
    errorElement: <Failure />,
    element: (
      <Suspense fallback={<Skeleton lines={10} />}>
        <Page />
      </Suspense>
    ),
  };
}

// Boards and maintenance windows bring their words along.
const boards = async () => {
  const { worded } = await import('@/monitor/boards/words');
  return {
    list: () => worded(import('@/monitor/boards/list')),
    page: () => worded(import('@/monitor/boards/page')),
    wall: () => worded(import('@/monitor/boards/wall')),
  };
};

const maintenance = async () => {
  const { worded } = await import('@/modules/maintenance/words');
  return {
    list: () => worded(import('@/modules/maintenance/list')),
    calendar: () => worded(import('@/modules/maintenance/calendar')),
    new: () => worded(import('@/modules/maintenance/new')),
    import: () => worded(import('@/modules/maintenance/import')),
    page: () => worded(import('@/modules/maintenance/page')),
  };
};

// So does availability.
const availability = async () => (await import('@/modules/availability/words')).worded;

export const pages: RouteObject[] = [
  { ...page('', () => import('./my_day')), path: undefined, index: true } as RouteObject,
  page('report', () => import('@/modules/incident/report')),
  page('inbox', () => import('@/process/inbox')),
  page('messages', () => import('./messages')),
  page('incidents', () => import('@/modules/incident/list')),
  page('incidents/:id', () => import('@/modules/incident/page')),
  page('systems', () => import('@/modules/system/list')),
  page('systems/new', () => import('@/modules/system/new')),
  page('systems/import', () => import('@/modules/system/import')),
  page('systems/:id', () => import('@/modules/system/page')),
  page('people', () => import('@/modules/people/people')),
  page('people/new', () => import('@/modules/people/new_person')),
  page('people/import', () => import('@/modules/people/import_people')),
  page('people/:id', () => import('@/modules/people/person')),
  page('units', () => import('@/modules/people/units')),
  page('units/new', () => import('@/modules/people/new_unit')),
  page('units/import', () => import('@/modules/people/import_units')),
  page('units/:id', () => import('@/modules/people/unit')),
  page('maintenance_windows', async () => (await maintenance()).list()),
  page('maintenance_windows/calendar', async () => (await maintenance()).calendar()),
  page('maintenance_windows/new', async () => (await maintenance()).new()),
  page('maintenance_windows/import', async () => (await maintenance()).import()),
  page('maintenance_windows/:id', async () => (await maintenance()).page()),
  page('monitor/boards', async () => (await boards()).list()),
  page('monitor/boards/:id', async () => (await boards()).page()),
  page('monitor/wall', async () => (await boards()).wall()),
  page('on-call', async () =>
    (await import('@/modules/duty/on_call_words')).worded(import('@/modules/duty/on_call')),
  ),
  page('monitor/alerts', () => import('@/monitor/alerts')),
  page('monitor/explore', () => import('@/monitor/explore')),
  page('monitor/rules', () => import('@/monitor/rules')),
  page('monitor/rules/:id', () => import('@/monitor/rule_editor')),
  page('monitor/targets', async () =>
    (await import('@/monitor/targets_words')).worded(import('@/monitor/targets')),
  ),
  page('monitor/logs', () => import('@/monitor/logs')),
  page('availability', async () => (await availability())(import('@/modules/availability/list'))),
  page('availability/:id', async () => (await availability())(import('@/modules/availability/page'))),
  page('duties', () => import('@/modules/duty/duties')),
  page('clauses', () => import('@/regulation/clauses')),
  page('clauses/:id', () => import('@/regulation/clause')),
  page('ledger', () => import('@/regulation/ledger')),
  page('admin/accounts', () => import('./accounts')),
  page('admin/processes', () => import('@/process/processes')),
  page('admin/processes/design', () => import('@/process/designer')),
  page('admin/processes/compare', () => import('@/process/compare')),
  page('admin/processes/try', () => import('@/process/trial')),
  page('admin/processes/running', () => import('@/process/running')),
  page('admin/processes/migrate', () => import('@/process/migrate')),
  page('settings', () => import('./settings')),
  page('docs', () => import('./docs')),
  { path: 'wall', element: null },
  { path: 'setup', element: <Navigate to="/" replace /> },
  page(':plural', async () => ({ default: (await import('./any')).AnyList })),
  page(':plural/new', async () => ({ default: (await import('./any')).AnyNew })),
  page(':plural/import', async () => ({ default: (await import('./any')).AnyImport })),
  page(':plural/:id', async () => ({ default: (await import('./any')).AnyRecord })),
  { path: '*', element: <NoPage /> },
];
